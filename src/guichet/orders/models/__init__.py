"""Facts about services, terms and orders."""

from .catalogue import Service, ServiceVersion
from .decisions import Decision
from .orders import RETURNABLE, Channel, Delivery, Order, Postage, Subject
from .terms import Acceptance, TermsEdition, TermsKind

__all__ = [
    "RETURNABLE",
    "Acceptance",
    "Channel",
    "Decision",
    "Delivery",
    "Order",
    "Postage",
    "Service",
    "ServiceVersion",
    "Subject",
    "TermsEdition",
    "TermsKind",
]
