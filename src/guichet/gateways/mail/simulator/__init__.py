"""A mail server on loopback that speaks SMTP and keeps what it receives, for the demonstration and the tests.

Started as its own process: ``python -m guichet.gateways.mail.simulator --port 0 --dir DIR`` prints ``ready smtp://…``.
What it received is read from its folder (``mailbox.Mailbox``); ``--control`` adds the command XSIM, by which a test
writes the fault script (``control.MailServer``).
"""
