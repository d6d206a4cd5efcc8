"""Facts about services, terms and orders."""

from .catalogue import Service, ServiceVersion
from .decisions import Decision
from .maintenance import Maintenance
from .orders import RETURNABLE, Channel, Delivery, Order, Postage, Subject
from .terms import Acceptance, TermsEdition, TermsKind

__all__ = [
    "RETURNABLE",
    "Acceptance",
    "Channel",
    "Decision",
    "Delivery",
    "Maintenance",
    "Order",
    "Postage",
    "Service",
    "ServiceVersion",
    "Subject",
    "TermsEdition",
    "TermsKind",
]
