"""The acts of the mail room. The composition root fills them in; views only call them."""

from __future__ import annotations

from dataclasses import dataclass

from qol.usecases.lab.mail_room.compare_keyings import CompareKeyings
from qol.usecases.lab.mail_room.confirm_destruction import ConfirmDestruction
from qol.usecases.lab.mail_room.decide_duplicate import DecideDuplicate
from qol.usecases.lab.mail_room.deposit_sheet import DepositSheet
from qol.usecases.lab.mail_room.identify_sheet import IdentifySheet
from qol.usecases.lab.mail_room.key_sheet import KeySheet
from qol.usecases.lab.mail_room.open_keying import OpenKeying
from qol.usecases.lab.mail_room.prepare_destruction import PrepareDestruction
from qol.usecases.lab.mail_room.read_destructions import ReadCertificate, ReadDestructions
from qol.usecases.lab.mail_room.read_register import ReadRegister
from qol.usecases.lab.mail_room.read_sheet import ReadReceivedSheet
from qol.usecases.lab.mail_room.reconcile_sheet import ReconcileSheet
from qol.usecases.lab.mail_room.register_sheet import RegisterSheet
from qol.usecases.lab.mail_room.say_incident import SayIncident
from qol.usecases.lab.mail_room.settle_incident import SettleIncident


@dataclass(frozen=True, slots=True)
class MailRoom:
    """What is done with sheets that come by post."""

    register: ReadRegister
    register_sheet: RegisterSheet
    read_sheet: ReadReceivedSheet
    identify: IdentifySheet
    say: SayIncident
    settle: SettleIncident
    open_keying: OpenKeying
    key: KeySheet
    compare: CompareKeyings
    reconcile: ReconcileSheet
    deposit: DepositSheet
    decide: DecideDuplicate
    destructions: ReadDestructions
    prepare: PrepareDestruction
    confirm: ConfirmDestruction
    certificate: ReadCertificate
