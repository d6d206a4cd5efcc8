"""Mail: the port is Django's e-mail backend; SMTP in production, a mailbox to look into in the demonstration."""
