"""Sign-up and sign-in. A password is hashed while no connection to the database is held."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from wealth_backend.auth.limits import admit, by_address, by_address_and_email, forget
from wealth_backend.auth.schemas import SignIn, SignUp
from wealth_backend.auth.sessions import LIFETIME
from wealth_backend.categories.defaults import default_categories
from wealth_backend.dependencies import Parts
from wealth_backend.errors import violated
from wealth_backend.problems import Problem
from wealth_core.ids import new_id
from wealth_core.models import User
from wealth_core.repositories import SessionRepository, UserRepository


@dataclass(frozen=True, slots=True)
class Welcome:
    """A user who has just signed up or in, and the token of the new session."""

    user: User
    token: str


async def sign_up(parts: Parts, wanted: SignUp, address: str) -> Welcome:
    await admit(parts.database, by_address(address), by_address_and_email(address, wanted.email))
    user = User(
        id=new_id(),
        email=wanted.email,
        name=wanted.name or "",
        currency=wanted.currency,
        password_hash=await parts.passwords.hash(wanted.password),
    )
    try:
        async with parts.database.transaction() as session:
            await UserRepository(session).register(user)
            session.add_all(default_categories(user.id))
            started = await SessionRepository(session).start(user.id, LIFETIME)
    except IntegrityError as error:
        if violated(error) != "users_email_key":
            raise
        raise Problem(
            409, "email_taken", "There is an account with this email address already: sign in instead."
        ) from None
    return Welcome(user, parts.tokens.issue(started))


async def sign_in(parts: Parts, given: SignIn, address: str) -> Welcome:
    own_limit = by_address_and_email(address, given.email)
    await admit(parts.database, by_address(address), own_limit)
    async with parts.database.transaction() as session:
        user = await UserRepository(session).find_by_email(given.email)
    if not await parts.passwords.matches(given.password, user.password_hash if user else None) or user is None:
        raise Problem(401, "wrong_credentials", "The email address or the password is wrong: check both and try again.")
    async with parts.database.transaction(user.id) as session:
        started = await SessionRepository(session).start(user.id, LIFETIME)
    await forget(parts.database, own_limit)
    return Welcome(user, parts.tokens.issue(started))
