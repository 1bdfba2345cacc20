"""The composition root of the commands: what each act needs, made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.packages import AgePacker
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.db.store_lab import LabStores
from qol.adapters.db.store_staff import StaffStores, open_staff
from qol.adapters.instruments.fhir_in import Imported, import_file
from qol.adapters.instruments.loading import Definition, Found, find_instruments, load
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.selection import select
from qol.adapters.instruments.writing import write_folder
from qol.bootstrap.database import lab_stores
from qol.bootstrap.keyboard import Asked, Keyboard
from qol.bootstrap.publishing import candidate, publication
from qol.config import Config, instance_folder
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Instrument
from qol.domain.programme import Programme
from qol.domain.publishing import Standing
from qol.domain.site import Site
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.activate_pseudonym import ActivatePseudonym
from qol.usecases.lab.approve_release import ApproveRelease
from qol.usecases.lab.export_records import ExportRecords
from qol.usecases.lab.issue_pseudonyms import IssuePseudonyms
from qol.usecases.lab.load_programme import LoadProgramme
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.programmes.opening import CloseProgramme, OpenProgramme
from qol.usecases.lab.programmes.sites import EndSite, RegisterSite
from qol.usecases.lab.pseudonyms import Mint
from qol.usecases.lab.publish_release import Published, PublishRelease
from qol.usecases.lab.register_keys import RegisterKeys
from qol.usecases.lab.replace_pseudonym import ReplacePseudonym
from qol.usecases.lab.revoke_pseudonym import RevokePseudonym

TOP = Path(__file__).parent.parent.parent
SHIPPED = TOP / "questionnaires"
MARK = "DEMONSTRATION"  # the file that says that an instance folder is a demonstration's


def _refuse_shipped(name: str) -> None:
    """Refuse to hide a definition that ships behind one of the instance."""
    if (SHIPPED / name).exists():
        raise NotAllowedError(
            f"{name} is a definition that ships with the portal: give another name with --id, or"
            " bring its wording in with 'instruments install'."
        )


def workshop(environ: Mapping[str, str], asked: Asked | None = None) -> Workshop:
    """Read where the installation is and who says to act; nothing is opened yet."""
    instance = instance_folder(environ)
    marked = (instance / MARK).exists()
    return Workshop(
        Config(
            face="lab",
            instance=instance,
            database_url=environ.get("QOL_DATABASE_URL")
            or f"sqlite:///{instance / 'portal.sqlite3'}",
            keys=Path(environ.get("QOL_KEYS") or instance / "keys" / "lab"),
            demonstration=marked or environ.get("QOL_DEMONSTRATION") == "1",
            origin="",
        ),
        asked or Asked(),
    )


@dataclass(frozen=True)
class Workshop:
    """One installation as the laboratory's commands see it."""

    config: Config
    asked: Asked = field(default_factory=Asked)

    @cached_property
    def keyboard(self) -> Keyboard:
        """Who acts, once they are asked for."""
        return Keyboard(self, self.asked)

    @cached_property
    def staff(self) -> StaffStores:
        """Accounts and grants."""
        return open_staff(self.config, self.clock, self.dice)

    @cached_property
    def clock(self) -> SystemClock:
        """The machine's time."""
        return SystemClock()

    @cached_property
    def dice(self) -> SystemDice:
        """The system's randomness."""
        return SystemDice()

    @cached_property
    def folder(self) -> KeyFolder:
        """The laboratory's key folder."""
        return KeyFolder(self.config.keys, "lab", demonstration=self.config.demonstration)

    @cached_property
    def _stores(self) -> LabStores:
        return lab_stores(self.config)

    def close(self) -> None:
        """Let go of the database, where a command opened it."""
        if "_stores" in self.__dict__:
            self._stores.database.dispose()
            self._stores.housekeeping.dispose()
        if "staff" in self.__dict__:
            self.staff.database.dispose()
            self.staff.housekeeping.dispose()

    def store(self) -> LabStore:
        """Give the laboratory's store; NotAllowedError when there is no database yet."""
        return self.stores().records

    def stores(self) -> LabStores:
        """Give the laboratory's stores; NotAllowedError when there is no database yet."""
        if not self.database_exists():
            raise NotAllowedError(
                "There is no database yet: make it with 'python -m qol database upgrade'."
            )
        return self._stores

    def database_exists(self) -> bool:
        """Say whether an SQLite file is there; of another database only a try can tell."""
        prefix = "sqlite:///"
        url = self.config.database_url
        return not url.startswith(prefix) or Path(url.removeprefix(prefix)).exists()

    @property
    def _roots(self) -> list[Path]:
        return [SHIPPED, self.config.instance / "questionnaires"]

    def instruments(self) -> list[Found]:
        """List the definitions that ship and those of the instance."""
        return find_instruments([root for root in self._roots if root.is_dir()])

    @property
    def wordings(self) -> Path:
        """Where the wordings stand that holders gave for definitions at hand."""
        return self.config.instance / "wordings"

    def definition(self, name: str, version: str | None, *, installed: bool = True) -> Definition:
        """Load a definition, of the instance before those that ship, with installed wordings."""
        for root in reversed(self._roots):
            if (root / name).is_dir():
                return load(root, name, version, self.wordings if installed else None)
        raise NotAllowedError(f"There is no questionnaire {name}: see 'instruments list'.")

    def import_instrument(
        self, file: Path, name: str | None, drop: frozenset[str]
    ) -> tuple[Path, Imported]:
        """Make a definition in the instance folder; InstrumentError when the file is refused."""
        imported = import_file(file, id=name, drop=drop)
        made = imported.instrument
        _refuse_shipped(made.id)
        rights = stub(made, f"Imported from {file.name}.")
        root = self.config.instance / "questionnaires"
        return write_folder(root, made, imported.wordings, rights), imported

    def select(
        self, library: str, version: str | None, name: str, codes: Sequence[str]
    ) -> tuple[Path, Instrument]:
        """Make an instrument of a library's items, in the instance folder."""
        _refuse_shipped(name)
        chosen = select(self.definition(library, version), name, codes)
        root = self.config.instance / "questionnaires"
        words = tuple(chosen.wordings.values())
        folder = write_folder(root, chosen.instrument, words, chosen.rights, chosen.vectors)
        return folder, chosen.instrument

    def publish(
        self,
        name: str,
        version: str | None,
        language: str,
        decision: Mapping[str, object],
        approved_by: Sequence[str] = (),
    ) -> Published:
        """Publish a definition in one language; ``decision`` holds the command's options."""
        definition = self.definition(name, version)
        actor = self.keyboard.acting(Permission.MANAGE_INSTRUMENTS)
        return PublishRelease(self.store(), self.config.demonstration)(
            publication(definition, language, self.clock.now(), decision),
            candidate(definition, language),
            actor,
            approved_by,
            unapproved=bool(decision.get("unapproved")),
        )

    def approve(self, release: int, hashes: tuple[str, str]) -> Standing:
        """Approve a release as the acting person, who looked at these two hashes.

        Verified when that person proved a second factor: a demonstration asks for none.
        """
        person = self.keyboard.person(Permission.APPROVE_RELEASES)
        return ApproveRelease(self.store(), self.clock)(
            release, hashes, person.account, person.actor, verified=self.keyboard.proven
        )

    def load_programme(self, programme: Programme, toml: str, based_on: int) -> None:
        """Append a programme version."""
        store = self.store()
        actor = self.keyboard.acting(Permission.MANAGE_PROGRAMMES, programme.id)
        LoadProgramme(store, self.clock, self.config.demonstration)(
            programme, toml, based_on, actor
        )

    def register_site(self, site: Site) -> None:
        """Register a site and its contract."""
        actor = self.keyboard.acting(Permission.MANAGE_PROGRAMMES, site.programme)
        RegisterSite(self.store(), self.clock)(site, actor)

    def end_site(self, programme: str, code: str) -> None:
        """End a site's contract today."""
        actor = self.keyboard.acting(Permission.MANAGE_PROGRAMMES, programme)
        EndSite(self.store(), self.clock)(programme, code, actor)

    def open_programme(self, programme: str) -> None:
        """Open a programme to patients."""
        actor = self.keyboard.acting(Permission.MANAGE_PROGRAMMES, programme)
        OpenProgramme(self.store(), self.clock)(programme, actor)

    def close_programme(self, programme: str) -> None:
        """Close a programme: no code is issued any more."""
        actor = self.keyboard.acting(Permission.MANAGE_PROGRAMMES, programme)
        CloseProgramme(self.store(), self.clock)(programme, actor)

    def only_programme(self) -> str:
        """Name the one programme there is; NotAllowedError when there are none or several."""
        with self.store().reading() as unit:
            names = unit.programmes()
        if len(names) != 1:
            raise NotAllowedError(
                f"Name the programme with --programme: there are {', '.join(names) or 'none'}."
            )
        return names[0]

    def _mint(self, *, shown: bool) -> Mint:
        return Mint(
            self.dice,
            KeyedDigests(self.folder.secret(Purpose.LOOKUP)),
            AesSlipSealer(self.folder.secret(Purpose.SLIP)),
            shown,
        )

    def issue(self, *, for_site: bool = False) -> IssuePseudonyms:
        """Issue batches; ``for_site`` keeps a demonstration's codes for its professional too."""
        shown = self.config.demonstration and not for_site
        return IssuePseudonyms(self.store(), self._mint(shown=shown), self.clock, AgePacker())

    def activate(self) -> ActivatePseudonym:
        """Activate codes."""
        return ActivatePseudonym(self.store(), self.clock)

    def revoke(self) -> RevokePseudonym:
        """Revoke codes."""
        return RevokePseudonym(self.store(), self.clock)

    def replace(self) -> ReplacePseudonym:
        """Replace codes."""
        return ReplacePseudonym(
            self.store(), self.clock, self._mint(shown=self.config.demonstration)
        )

    def export(self) -> ExportRecords:
        """Read records, with the private halves of the laboratory's folder."""
        return ExportRecords(self.store(), EnvelopeOpener(self.folder))

    def register_keys(self) -> RegisterKeys:
        """Register public deposit keys."""
        return RegisterKeys(self.store())
