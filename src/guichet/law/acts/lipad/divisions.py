"""The titles, chapters and sections of LIPAD with the articles that stand in each, and where it is published."""

from __future__ import annotations

from datetime import date

from guichet.law.kernel.provisions import Division, Level, Publication

TITLE, CHAPTER, SECTION = Level.TITLE, Level.CHAPTER, Level.SECTION

PUBLICATION = Publication(
    address="https://silgeneve.ch/legis/program/books/RSG/htm/rsg_a2_08.htm",
    publisher="République et canton de Genève, recueil systématique",
    number="A 2 08",
    adopted=date(2001, 10, 5),
)
DIVISIONS = (
    Division(TITLE, "I", "Dispositions générales", "1", "4"),
    Division(
        TITLE,
        "II",
        "Information du public et accès aux documents",
        "5",
        "34",
        (
            Division(
                CHAPTER,
                "I",
                "Publicité des séances",
                "5",
                "17",
                (
                    Division(SECTION, "1", "Règles générales", "5", "7"),
                    Division(SECTION, "2", "Grand Conseil", "8", "9"),
                    Division(SECTION, "3", "Conseil d'Etat", "10", "11"),
                    Division(SECTION, "4", "Pouvoir judiciaire", "12", "13"),
                    Division(SECTION, "5", "Communes", "14", "16"),
                    Division(SECTION, "6", "Etablissements et corporations de droit public", "17", "17"),
                ),
            ),
            Division(CHAPTER, "II", "Information du public", "18", "23"),
            Division(CHAPTER, "III", "Accès aux documents", "24", "29"),
            Division(CHAPTER, "IV", "Médiation", "30", "30"),
            Division(
                CHAPTER,
                "V",
                "Médias",
                "31",
                "34",
                (
                    Division(SECTION, "1", "Facilités accordées aux médias", "31", "32"),
                    Division(SECTION, "2", "Droit de rectification", "33", "34"),
                ),
            ),
        ),
    ),
    Division(
        TITLE,
        "III",
        "Protection des données personnelles",
        "35",
        "49",
        (
            Division(CHAPTER, "I", "Principes régissant le traitement des données personnelles", "35", "43"),
            Division(
                CHAPTER,
                "II",
                "Droits de la personne concernée",
                "44",
                "49",
                (
                    Division(SECTION, "1", "Droit d'accès", "44", "46"),
                    Division(SECTION, "2", "Autres droits", "47", "47"),
                    Division(SECTION, "3", "Droits des proches", "48", "48"),
                    Division(SECTION, "4", "Mise en œuvre", "49", "49"),
                ),
            ),
        ),
    ),
    Division(
        TITLE,
        "IV",
        "Organisation",
        "50",
        "59",
        (
            Division(CHAPTER, "I", "Institutions publiques", "50", "51"),
            Division(CHAPTER, "II", "Préposé cantonal à la protection des données et à la transparence", "52", "57"),
            Division(CHAPTER, "III", "Commission consultative", "58", "59"),
        ),
    ),
    Division(
        TITLE,
        "V",
        "Voies de droit et sanctions",
        "60",
        "64",
        (
            Division(CHAPTER, "I", "Voies de droit", "60", "63"),
            Division(CHAPTER, "II", "Sanctions", "64", "64"),
        ),
    ),
    Division(TITLE, "VI", "Dispositions finales et transitoires", "65", "69"),
)
