"""Users, their roles at agencies, and what reaches them: notices and mail."""

from accounts.models.notices import Mail, MailPreference, Notice
from accounts.models.people import Membership, PersonManager, User

__all__ = ["Mail", "MailPreference", "Membership", "Notice", "PersonManager", "User"]
