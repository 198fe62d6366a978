"""Kinds of check along links: what another list lacks, says otherwise or says as well."""
