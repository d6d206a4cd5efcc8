"""Mail: the port is Django's e-mail, over SMTP; in the demonstration to a mail server whose mailbox one can look into."""
