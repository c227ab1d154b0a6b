"""The tables of the library, mapped as SQLAlchemy's tutorial does it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class UserType(Base):
    __tablename__ = "user_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    permissions: Mapped[str]
    storage_bytes: Mapped[int | None]


class User(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    status: Mapped[str]
    tenant_id: Mapped[int]
    storage_used: Mapped[int]
    user_type_id: Mapped[int] = mapped_column(ForeignKey("user_type.id"))
    user_type: Mapped[UserType] = relationship(lazy="joined")


class Media(Base):
    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str]
    tenant_id: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    title: Mapped[str]
    visibility: Mapped[str]
    status: Mapped[str]
    duration: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    size: Mapped[int]
    thumbnail_tag: Mapped[str | None]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
