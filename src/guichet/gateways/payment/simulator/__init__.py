"""A payment provider on loopback that speaks the Saferpay JSON API, for the demonstration and the tests.

Started as its own process: ``python -m guichet.gateways.payment.simulator``. It knows nothing of
the rest of Guichet, but how a simulator says that it is ready.
"""
