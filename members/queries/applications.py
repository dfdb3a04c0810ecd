"""What does an applicant see of the own application?"""

from datetime import datetime

from congress.core.identifiers import token_digest
from members.models import Application


def application_behind(token: str, at: datetime) -> Application | None:
    """Return the application to which a private link leads, or None if it is unknown or has expired."""
    application = Application.objects.filter(token_digest=token_digest(token)).first()
    return application if application is not None and application.link_works(at) else None
