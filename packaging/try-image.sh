#!/usr/bin/env bash
# Builds the image and audits the sample county with it: no network, a read-only root, an ordinary user; the issues must be
# those the checkout finds. Needs a Docker daemon and the base image; extra arguments go to docker build.
set -euo pipefail
cd "$(dirname "$0")/.."
docker info > /dev/null 2>&1 || { echo "No Docker daemon answers here: the image was neither built nor run." >&2; exit 3; }
DOCKER_BUILDKIT=1 docker build --tag lbt-audit "$@" .
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r sample_data/qinghe "$work/county"
run() {
  docker run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
    --user "$(id -u | sed 's/^0$/10001/'):10001" --volume "$work:/work" --volume lbt-audit-try:/keys "$@"
}
chmod -R a+rwX "$work"
run --entrypoint sh lbt-audit -c '[ "$(id -u)" != 0 ] && ! touch /opt/lbt-audit/x /etc/x 2> /dev/null && [ "$(ls /sys/class/net)" = lo ]'
run lbt-audit rules list | tail -1
run lbt-audit check county --fail-on never --quiet
docker volume rm lbt-audit-try > /dev/null
.venv/bin/lbt-audit check sample_data/qinghe --out "$work/checkout" --fail-on never --quiet
.venv/bin/python - "$work" << 'END'
import json, sys
from pathlib import Path
image, checkout = (json.loads(Path(sys.argv[1], name, "report.json").read_text("utf-8"))["issues"] for name in ("lbt-report", "checkout"))
found, expected = ([issue["fingerprint"] for issue in issues] for issues in (image, checkout))
assert len(expected) > 500 and found == expected, (len(found), len(expected))
print(f"the image finds the same {len(found)} issues; {len(list(Path(sys.argv[1], 'lbt-report').rglob('*.xlsx')))} workbooks written")
END
docker images --format 'size of the image: {{.Size}}' lbt-audit
