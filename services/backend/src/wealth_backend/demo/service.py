"""The demo household in the books of somebody who has none yet."""

from anyio import to_thread

from wealth_backend.audit import audit
from wealth_backend.categories.defaults import default_categories
from wealth_backend.demo import books
from wealth_backend.demo.household import Household, household
from wealth_backend.dependencies import Begin, Work
from wealth_backend.problems import Problem
from wealth_core.periods import utc_today
from wealth_core.repositories import ArchiveRepository, CategoryRepository, UserRepository

DEADLINE_S = 120


async def fill(begin: Begin) -> Household:
    today = utc_today()
    made = await to_thread.run_sync(household, today)
    work = await begin(deadline_s=DEADLINE_S)
    # Every new row refers to its user, so that nobody adds one to these books before this is through.
    await UserRepository(work.session).lock(work.user_id)
    await _check_empty(work)
    await _complete_categories(work)
    await books.write(work, made, today)
    await audit(work, "demo.added")
    return made


async def _check_empty(work: Work) -> None:
    names = frozenset(one.name for one in default_categories(work.user_id))
    if not await ArchiveRepository(work.session).is_empty(names):
        raise Problem(
            409,
            "not_empty",
            "Example data is only for an account with nothing in it: sign up for a new one to look around in.",
        )


async def _complete_categories(work: Work) -> None:
    """Some of those that everyone starts with may have been deleted."""
    kept = {one.name for one in await CategoryRepository(work.session).list()}
    work.session.add_all(one for one in default_categories(work.user_id) if one.name not in kept)
    await work.session.flush()
