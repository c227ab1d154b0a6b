"""Every page of the site, by who may see it. The tests of the pages and `scripts/photograph` use the same list."""

import re
from dataclasses import dataclass

from .server import Server


@dataclass(frozen=True)
class Place:
    """A page to look at."""

    name: str
    path: str
    # Nobody is signed in when this is None.
    who: str | None
    status: int = 200


VISITOR = [
    Place("home", "/", None),
    Place("home-referred", "/referred", None),
    Place("sign-up", "/auth/register", None),
    Place("sign-in", "/auth/login", None),
    Place("privacy-policy", "/privacy-policy", None),
    Place("terms-of-service", "/terms-of-service", None),
    Place("forgot-password", "/auth/forgot-password", None),
    Place("resend-verification", "/auth/resend-verification", None),
    # Without the token of a mail both lead to the forms above.
    Place("reset-password", "/auth/reset-password", None),
    Place("verify-email", "/auth/verify-email", None),
    # Without the token of a mail they lead to where one logs in or signs up.
    Place("change-email", "/auth/change-email", None),
    Place("keep-email", "/auth/keep-email", None),
    Place("finish-sign-up", "/auth/complete-sign-up", None),
    Place("development-mails", "/dev/mail", None),
    # Without a right password it leads to the sign-in page.
    Place("second-step", "/auth/second-step", None),
    Place("library-visitor", "/media", None),
    Place("not-found", "/no/such/page", None, 404),
]

MEMBER = [
    Place("overview", "/user", "uma"),
    Place("library", "/media", "uma"),
    Place("library-mine", "/media?mine=1", "uma"),
    Place("library-search", "/media?q=zebra", "uma"),
    Place("upload", "/media/upload", "uma"),
    Place("trash", "/media/trash", "uma"),
    Place("confirm", "/auth/confirm", "uma"),
    Place("passkeys", "/user/security/passkeys", "uma"),
    Place("linked-providers", "/user/security/providers", "uma"),
    Place("profile", "/user/profile", "uma"),
    Place("profile-email", "/user/profile/email", "uma"),
    Place("profile-export", "/user/profile/export", "uma"),
    Place("profile-delete", "/user/profile/delete", "uma"),
    # It leads to the overview unless the account is about to be deleted.
    Place("leaving", "/user/leaving", "uma"),
    Place("notifications", "/user/notifications", "uma"),
    Place("notifications-unread", "/user/notifications?unread=1", "uma"),
    Place("profiles", "/user/profiles", "uma"),
    Place("profiles-manage", "/user/profiles/manage", "uma"),
    Place("profiles-add", "/user/profiles/add", "uma"),
    Place("two-factor", "/user/security/two-factor", "uma"),
    # Both lead to the page above until an app is being set up, or is there.
    Place("two-factor-app", "/user/security/two-factor/app", "uma"),
    Place("two-factor-off", "/user/security/two-factor/off", "uma"),
    Place("security", "/user/security", "uma"),
    Place("tokens", "/user/tokens", "uma"),
]

ADMINISTRATOR = [
    Place("administration", "/admin", "root"),
    Place("people", "/admin/users", "root"),
    Place("people-nobody", "/admin/users?q=zebra", "root"),
    Place("audit", "/admin/audit", "root"),
    Place("audit-nothing", "/admin/audit?actor=zebra", "root"),
    Place("people-import", "/admin/users/import", "root"),
    Place("user-types", "/admin/user-types", "root"),
    Place("user-type", "/admin/user-types/reseller", "root"),
    Place("user-type-add", "/admin/user-types/add", "root"),
    Place("people-add", "/admin/users/add", "root"),
    Place("sign-in-providers", "/admin/sign-in-providers", "root"),
    Place("sign-in-provider-add", "/admin/sign-in-providers/add", "root"),
    Place("pages", "/admin/pages", "root"),
    Place("privacy-policy-edit", "/admin/pages/privacy-policy", "root"),
    Place("terms-of-service-edit", "/admin/pages/terms-of-service", "root"),
]


def of_item(name: str, public_id: str, who: str | None = "uma") -> list[Place]:
    """The pages of one item."""
    places = [Place(f"item-{name}", f"/media/{public_id}", who)]
    if who:
        places += [
            Place(f"item-{name}-edit", f"/media/{public_id}/edit", who),
            Place(f"item-{name}-delete", f"/media/{public_id}/delete", who),
        ]
    return places


def of_person(public_id: str) -> list[Place]:
    """The pages of one account in an administrator's hands."""
    return [
        Place("person", f"/admin/users/{public_id}", "root"),
        Place("person-edit", f"/admin/edit_user/{public_id}", "root"),
        Place("person-impersonate", f"/admin/users/{public_id}/impersonate", "root"),
        Place("person-delete", f"/admin/user/{public_id}/delete", "root"),
    ]


def plain_pages_of_the_route_table(server: Server) -> set[str]:
    """Paths without parameters that `mediashare routes` says answer GET with a page."""
    printed = server.run("routes")
    return {path for path in re.findall(r"^\s*GET\s+(/\S*)", printed, re.MULTILINE) if not re.search(r"[:{*]", path)}
