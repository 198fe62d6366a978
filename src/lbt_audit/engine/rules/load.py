"""The rule book of an audit: what rules may speak of, the profile, and every rule under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from lbt_audit.checks.registry import checks
from lbt_audit.config.county import County
from lbt_audit.config.words import word_lists
from lbt_audit.engine.county.headers import with_county_headers
from lbt_audit.engine.rules.requirements import lint_requirements, with_requirements
from lbt_audit.facts import FACTS
from lbt_audit.frames.vocabulary import make_vocabulary
from lbt_audit.links.linked import types
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.text import Text
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.catalogue import Catalogue, RuleFiles, lint_profile, make_catalogue, read_rule_files
from lbt_audit.rulebook.linked import read_linked
from lbt_audit.rulebook.problems import Problems, read_problems
from lbt_audit.rulebook.profile import DEFAULT_PROFILE, Profile, load_profile, profile_names, with_params
from lbt_audit.rulebook.vocabulary import Vocabulary
from lbt_audit.schemas.load import load_dictionary, schema_files
from lbt_audit.values.registry import KINDS


def vocabulary(dictionary: Dictionary) -> Vocabulary:
    """Everything rules may speak of; parameters and sources come with the rules."""
    known = make_vocabulary(
        dictionary.fields,
        KINDS,
        dictionary.codes,
        {key: kind.columns for key, kind in dictionary.kinds.items()},
        FACTS,
        marks=dictionary.facts,
        words=word_lists(),
        checks=checks(),
        apart=frozenset(key for key, kind in dictionary.kinds.items() if kind.answers),
    )
    return replace(known, facts={**known.facts, **types(data_dir("rules"))})


def county_dictionary(county: County | None) -> Dictionary:
    """Fields and kinds of register, the county's own among them. Raises ConfigError for all that is wrong."""
    folder = data_dir("schemas")
    if county is None:
        return load_dictionary(folder)
    return with_county_headers(load_dictionary(folder, county.schemas), county)


def load_all(county: County | None = None) -> tuple[Catalogue, Dictionary]:
    """Every rule as it is written, the county's among them, under the parameters of the default profile, for which
    examples are made; and the dictionary as rules see it. Raises as ``load_rules`` does."""
    dictionary = county_dictionary(county)
    profile = replace(load_profile(data_dir("rules"), DEFAULT_PROFILE), drop={}, changes={})
    return _load(dictionary, county, profile)


def load_rules(
    dictionary: Dictionary, county: County | None = None, profile: str | None = None
) -> tuple[Catalogue, Profile, Dictionary]:
    """The catalogue with the county's rules, as its profile (or the one named) and its parameters want it; and the
    dictionary with the conditions of what is required read.

    Raises ConfigError with everything wrong in rule files, profile, parameters and conditions, each with file and
    line.
    """
    chosen = _profile(county, profile)
    catalogue, dictionary = _load(dictionary, county, chosen)
    return catalogue, chosen, dictionary


def _load(dictionary: Dictionary, county: County | None, profile: Profile) -> tuple[Catalogue, Dictionary]:
    known = vocabulary(dictionary)
    problems = lint_requirements(known, county.schemas if county else ())
    with gathering(problems):
        files = read_rule_files(data_dir("rules"), county.rules if county else ())
        catalogue = make_catalogue(files, profile, known)
    with gathering(problems):
        linked = read_linked(data_dir("rules"), known)
    with gathering(problems):
        called = _problems(files)
    if problems:
        raise ConfigError(problems)
    return replace(catalogue, linked=linked, problems=called), with_requirements(dictionary, known)


def _problems(files: RuleFiles) -> Problems:
    """Titles and kinds of check as they are written, so that a profile's rules left out are known by name as well."""
    written = {code: entry.data for code, entry in files.entries.items()}
    named = {code: data["title"] for code, data in written.items() if isinstance(data.get("title"), Mapping)}
    titles = {code: Text(title.get("zh", code), title.get("en", code)) for code, title in named.items()}
    about = {name: check.about for name, check in checks().items()}
    of_units = [code for code, data in written.items() if about.get(str(data.get("check"))) == "places"]
    return read_problems(data_dir("rules"), titles, of_units)


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Add what is wrong to ``problems`` instead of raising it."""
    try:
        yield
    except ConfigError as error:
        problems += error.problems


def lint_rules(county: County | None = None) -> list[Problem]:
    """Everything wrong with the rules, under every profile there is, and with what is required. Raises ConfigError
    where the schemas cannot be read."""
    dictionary = county_dictionary(county)
    known = vocabulary(dictionary)
    folder, own = data_dir("rules"), county.rules if county else ()
    schemas = [*schema_files(data_dir("schemas")), *(county.schemas if county else ())]
    problems = lint_requirements(known, schemas)
    with gathering(problems):
        read_linked(folder, known)
    files = read_rule_files(folder, own)
    with gathering(problems):
        _problems(files)
    with gathering(problems):
        make_catalogue(files, _profile(county, None), known)
    for name in profile_names(folder):
        with gathering(problems):
            problems += lint_profile(files, _profile(county, name), known)
    return list(dict.fromkeys(problems))


def _profile(county: County | None, name: str | None) -> Profile:
    chosen = load_profile(data_dir("rules"), name or (county and county.profile) or DEFAULT_PROFILE)
    if county is None or not county.params:
        return chosen
    return with_params(chosen, county.params, county.path.name, lambda key: county.line("params", key))
