"""Words and rows of keys that people make passwords of; what they add is little."""

from __future__ import annotations

KEYBOARDS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)

_WORDS = """
acces access accueil admin administrateur administrator ami amis amour annee aout april avril
azerty baseball bateau bienvenue bonjour bonne cabinet cancer caramel change changeme chat chien
chocolat clinic clinique coffee coucou dans data december decembre default demo demonstration
docteur doctor donnees dragon early ecole enfant entree erreur essai est etoile europe famille
family february fevrier first fleur football forever france friend hello help hiver home hopital
hospital house iloveyou infirmier infirmiere internet january janvier jesus jetaime jour juillet
juin july june labo laboratoire laboratory letmein life login london love lundi lune mai maison
maman mamie march mardi mars master medecin medecine medical merci mercredi mois monday monkey
mot motdepasse nicolas night november novembre nurse october octobre oncologie ordinateur papa
paris partout pass passe passer passphrase passwd password patient patients pharmacie pharmacy
phrase piscine please portail portal princess printemps private programme project qualite
quality questionnaire qwerty qwertz rose salut samedi sante secret secretariat secrete securite
security september septembre service shadow site soleil spring staff student study summer sunday
sunshine super support system test tester thank the today toto trial unicorn user utilisateur
vacances vendredi vie ville vive voiture week welcome winter word work world year you
"""
COMMON = frozenset(_WORDS.split())
