# The command as an image: an ordinary user, no network, a root nobody can write to (docs/install.md).
#   docker build -t lbt-audit .
#   docker run --rm --network none --read-only --tmpfs /tmp -v "$PWD:/work" -v lbt-audit-keys:/keys lbt-audit check 报送材料
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
# pip.conf: where packages come from, if not the usual place (docker build --secret id=pip.conf,src=…). What comes from
# anywhere must have the hashes of requirements/.
RUN python3 -m venv /opt/tools && python3 -m venv --without-pip /opt/lbt-audit
COPY requirements /source/requirements
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    /opt/tools/bin/pip install --no-cache-dir --require-hashes --requirement /source/requirements/build.txt && \
    /opt/tools/bin/pip --python /opt/lbt-audit/bin/python install --no-cache-dir --require-hashes \
        --requirement /source/requirements/run.txt
COPY . /source
RUN /opt/tools/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir /dist /source && \
    /opt/tools/bin/pip --python /opt/lbt-audit/bin/python install --no-index --no-deps /dist/lbt_audit-*.whl && \
    cd /opt/lbt-audit/lib/python3*/site-packages && \
    rm -rf pyarrow/include pyarrow/src pyarrow/libarrow_flight.* pyarrow/libarrow_s3.* && \
    find . -type d -name tests -prune -exec rm -rf {} +

FROM ${PYTHON}
COPY --from=build /opt/lbt-audit /opt/lbt-audit
COPY LICENSE NOTICE /opt/lbt-audit/
# The key of the issue numbers: without a volume of its own it is another one, and so are the numbers, in every run.
RUN mkdir --mode=1777 /keys
ENV PATH=/opt/lbt-audit/bin:$PATH LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 LBT_AUDIT_KEYS=/keys LBT_AUDIT_CACHE=none
VOLUME /keys
WORKDIR /work
USER 10001:10001
ENTRYPOINT ["lbt-audit"]
CMD ["--help"]
