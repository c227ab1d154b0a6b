"""The library as it is usually written in Python: Flask, SQLAlchemy's ORM, Jinja2.

The same rows by the same index and the same columns as MediaShare reads, the same page, a session in a signed cookie,
and the account loaded for each request, as Flask-Login does. The cursor is left out: the first page is measured.
"""

import os
import secrets
import time
from datetime import UTC, datetime
from functools import wraps

from flask import Flask, abort, g, jsonify, redirect, render_template, session
from models import Media, User
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, load_only

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
app.jinja_env.trim_blocks = True

database = os.environ["DATABASE_URL"]
if database.startswith("postgres"):
    database = "postgresql+psycopg2" + database[database.index(":") :]
engine = create_engine(database, pool_size=5, pool_pre_ping=False)

SHOWN = [
    Media.public_id,
    Media.owner_id,
    Media.kind,
    Media.title,
    Media.visibility,
    Media.status,
    Media.duration,
    Media.width,
    Media.height,
    Media.size,
    Media.thumbnail_tag,
    Media.created_at,
]


@app.before_request
def load_user():
    g.db = Session(engine)
    g.user = g.db.get(User, session["user_id"]) if "user_id" in session else None


@app.teardown_request
def close(_):
    if "db" in g:
        g.db.close()


def login_required(view):
    @wraps(view)
    def guarded(*arguments, **named):
        if g.user is None or g.user.status != "active":
            return redirect("/auth/login")
        return view(*arguments, **named)

    return guarded


@app.get("/")
def home():
    return "ready"


@app.get("/sign-in/<int:user_id>")
def sign_in(user_id: int):
    """Stands for the sign-in form, which is not measured."""
    if g.db.get(User, user_id) is None:
        abort(404)
    session["user_id"] = user_id
    session["csrf_token"] = secrets.token_hex(20)
    return "signed in"


def newest(limit: int) -> list[Media]:
    return list(
        g.db.scalars(
            select(Media)
            .options(load_only(*SHOWN))
            .where(Media.tenant_id == g.user.tenant_id, Media.visibility == "public", Media.deleted_at.is_(None))
            .order_by(Media.created_at.desc(), Media.id.desc())
            .limit(limit)
        )
    )


@app.get("/media")
@login_required
def library():
    return render_template("library.html", items=newest(48))


@app.get("/api/v1/media")
@login_required
def library_as_json():
    items = [
        {
            "id": item.public_id,
            "type": item.kind,
            "title": item.title,
            "visibility": item.visibility,
            "status": item.status,
            "duration": item.duration / 1000 if item.duration else None,
            "width": item.width,
            "height": item.height,
            "size": item.size,
            "thumbnail": f"/media/{item.public_id}/thumbnail?v={item.thumbnail_tag}" if item.thumbnail_tag else None,
            "created_at": datetime.fromtimestamp(item.created_at / 1000, UTC).isoformat(),
        }
        for item in newest(50)
    ]
    return jsonify(items=items, next=items[-1]["id"] if items else None)


@app.template_filter("length")
def length(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@app.template_filter("bytes")
def bytes_as_text(count: int) -> str:
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if count < 1000 or unit == "TB":
            return f"{count:.1f} {unit}"
        count /= 1000


@app.template_filter("moment")
def moment(milliseconds: int) -> dict:
    then = datetime.fromtimestamp(milliseconds / 1000, UTC)
    days = int(time.time() - milliseconds / 1000) // 86_400
    shown = f"{days} days ago" if days < 7 else then.strftime("%-d %b %Y")
    return {"iso": then.strftime("%Y-%m-%dT%H:%M:%SZ"), "exact": then.strftime("%-d %b %Y, %H:%M UTC"), "shown": shown}
