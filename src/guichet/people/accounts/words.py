"""What the account pages say in French where allauth would say it in its own words."""

from __future__ import annotations

ACCOUNT_ERRORS = {
    "account_inactive": "Ce compte est fermé. Adressez-vous à l'office pour le rouvrir.",
    "duplicate_email": "C'est déjà l'adresse de votre compte. Saisissez-en une autre.",
    "email_password_mismatch": "L'adresse e-mail ou le mot de passe n'est pas correct. Vérifiez les deux, ou "
    "choisissez un nouveau mot de passe par « Mot de passe oublié ».",
    "email_taken": "Cette adresse e-mail ne peut pas être utilisée. Choisissez-en une autre.",
    "enter_current_password": "Ce n'est pas votre mot de passe actuel. Vérifiez les majuscules et la disposition du "
    "clavier.",
    "incorrect_code": "Ce code n'est pas le bon. Recopiez le code le plus récent que vous avez reçu.",
    "incorrect_password": "Ce mot de passe n'est pas correct. Vérifiez les majuscules et la disposition du clavier.",
    "invalid_login": "Ces données ne permettent pas de vous connecter.",
    "same_as_current": "Saisissez une autre adresse que l'actuelle.",
    "too_many_login_attempts": "Trop d'essais. Attendez dix minutes, puis essayez de nouveau.",
    "rate_limited": "Trop de demandes en peu de temps. Attendez une minute, puis essayez de nouveau.",
}

SECOND_FACTOR_ERRORS = {
    "incorrect_code": "La clé d'accès ou le code de secours n'a pas été reconnu. Essayez de nouveau.",
    "unverified_email": "Confirmez d'abord l'adresse e-mail de votre compte.",
    "cannot_delete_authenticator": "Cette clé d'accès ne peut pas être retirée.",
    "cannot_generate_recovery_codes": "Ajoutez d'abord une clé d'accès.",
}

# Which of our mails stands for which of allauth's; what is not here is a notice about the account.
MAILS = {
    "email_confirmation": "email_code",
    "email_confirmation_signup": "email_code",
    "password_reset_code": "password_code",
    "account_already_exists": "account_exists",
    "unknown_account": "unknown_account",
}

NOTICES = {
    "password_changed": "le mot de passe a été changé",
    "password_reset": "un nouveau mot de passe a été choisi au moyen d'un code envoyé par e-mail",
    "password_set": "un mot de passe a été choisi",
    "email_changed": "l'adresse e-mail a été changée",
    "email_confirm": "l'adresse e-mail a été confirmée",
    "email_deleted": "l'ancienne adresse e-mail a été retirée",
    "webauthn_added": "une clé d'accès a été ajoutée",
    "webauthn_removed": "une clé d'accès a été retirée",
    "recovery_codes_generated": "de nouveaux codes de secours ont été créés ; les anciens ne valent plus",
    "other": "un réglage de sécurité a été changé",
}

# Said at the top of the next page; a sign-in, a sign-out and a code sent are told by the page itself.
MESSAGES = {
    "email_confirmed.txt": "Votre adresse e-mail est confirmée.",
    "email_confirmation_failed.txt": "Cette adresse e-mail n'a pas pu être confirmée.",
    "password_changed.txt": "Votre mot de passe est changé.",
    "password_set.txt": "Votre mot de passe est enregistré.",
    "webauthn_added.txt": "Votre clé d'accès est ajoutée.",
    "webauthn_removed.txt": "La clé d'accès est retirée.",
    "recovery_codes_generated.txt": "Vos codes de secours sont prêts. S'il y en avait d'autres, ils ne valent plus.",
}
