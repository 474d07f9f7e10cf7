"""`python -m wealth_backend.demo` adds a demo user and says how to sign in; it touches nobody else's data.

    python -m wealth_backend.demo [--email ADDRESS] [--day YYYY-MM-DD]

The user and all that is theirs is written in one transaction: interrupted, nothing of it is there.
"""

import argparse
import asyncio
import secrets
import sys
from datetime import date

from sqlalchemy.exc import IntegrityError

from wealth_backend.auth.passwords import Passwords
from wealth_backend.categories.defaults import default_categories
from wealth_backend.demo import books
from wealth_backend.demo.household import HOME_CURRENCY, household
from wealth_backend.dependencies import Work
from wealth_backend.errors import violated
from wealth_backend.schemas import EARLIEST, LATEST
from wealth_backend.settings import Settings
from wealth_core.database import Database, DatabaseError
from wealth_core.ids import new_id
from wealth_core.models import User
from wealth_core.periods import utc_today
from wealth_core.repositories import UserRepository
from wealth_core.settings import SettingsError, load

_EMAIL = "demo@example.org"
_DEADLINE_S = 120


class SeedError(Exception):
    """Nothing was written; the message says why and what to do."""


async def seed(settings: Settings, email: str, last_day: date) -> str:
    """The new user's password, which is kept nowhere."""
    password = secrets.token_urlsafe(12)
    user = User(
        id=new_id(),
        email=email,
        name="Demo",
        currency=HOME_CURRENCY,
        password_hash=await Passwords().hash(password),
    )
    database = Database(settings)
    try:
        await database.check()
        async with database.transaction(deadline_s=_DEADLINE_S) as session:
            await UserRepository(session).register(user)
            session.add_all(default_categories(user.id))
            await session.flush()
            await books.write(Work(session, user), household(last_day), last_day)
    except IntegrityError as error:
        if violated(error) != "users_email_key":
            raise
        raise SeedError(
            f"There is a user {email} already, so nothing was changed: sign in with the password that was shown when"
            " it was made, or make another one with --email."
        ) from None
    except DatabaseError as error:
        raise SeedError(f"Nothing was written, as {error}.") from None
    finally:
        await database.close()
    return password


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it like 2026-11-26") from None
    if not EARLIEST.replace(year=EARLIEST.year + 4) <= day <= LATEST:
        raise argparse.ArgumentTypeError(f"{day} is out of range")
    return day


def _address(text: str) -> str:
    name, at, host = text.strip().lower().partition("@")
    if not (name and at and "." in host):
        raise argparse.ArgumentTypeError(f"{text!r} is not an email address")
    return text.strip().lower()


def main() -> int:
    parser = argparse.ArgumentParser(prog="demo", description="Add a demo user with three years of money.")
    parser.add_argument("--email", type=_address, default=_EMAIL, help=f"whose address (default: {_EMAIL})")
    parser.add_argument("--day", type=_day, default=None, help="the last day of the three years (default: today)")
    arguments = parser.parse_args()
    try:
        settings = load(Settings)
        last_day = arguments.day or utc_today()
        password = asyncio.run(seed(settings, arguments.email, last_day))
    except (SeedError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # To the person who asked for it, on their terminal: no log has it.
    sys.stdout.write(f"Sign in at {settings.public_url} as {arguments.email} with the password {password}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
