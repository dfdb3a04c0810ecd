"""Are people that tests make the same as those whom a session loads?"""

import pytest
from django.db.models import Field

from congress.core.roles import Role, Standing
from members.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("roles", [[], [Role.ANALYST], [Role.VETTING_LEAD, Role.ADMINISTRATOR]])
@pytest.mark.parametrize("fields", [{}, {"factor": False}, {"standing": Standing.LAPSED, "sector": "", "country": ""}])
def test_member_is_who_the_session_loads(roles: list[Role], fields: dict[str, object]):
    made = factories.member(roles=roles, **fields)
    assert known(made) == known(factories.reloaded(made))


def known(person: Member) -> dict[str, object]:
    """Return columns and rights; roles in any order."""
    names = [field.attname for field in Member._meta.get_fields() if isinstance(field, Field)]
    loaded = {name: value for name, value in vars(person).items() if name.startswith("loaded_")}
    return {name: getattr(person, name) for name in names} | loaded | {"loaded_roles": sorted(person.granted_roles)}
