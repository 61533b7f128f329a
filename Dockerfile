# docker build -t clarifier .  &&  docker run --rm -v "$PWD:/work" clarifier check
FROM python:3.12-slim AS built
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY server ./server
RUN python -m venv /opt/clarifier && /opt/clarifier/bin/pip install --no-cache-dir --disable-pip-version-check ".[mcp]"

FROM python:3.12-slim
# --changed-since, diff and stats --since ask git.
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' && useradd --create-home clarifier
COPY --from=built /opt/clarifier /opt/clarifier
ENV PATH=/opt/clarifier/bin:$PATH
USER clarifier
WORKDIR /work
ENTRYPOINT ["clarifier"]
CMD ["check"]
