# docker build -t audit . && docker run --rm -p 8888:8888 audit        opens JupyterLab (its address is printed)
# docker run --rm audit make reproduce                                 judges every number
FROM python:3.11-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home reader \
    && install --directory --owner=reader /home/reader/audit
USER reader
WORKDIR /home/reader/audit
# The set-up first: it is made again only when a lock changes. The licences and the package are what the build reads.
COPY --chown=reader pyproject.toml README.md LICENSE LICENSE-DATA ./
COPY --chown=reader requirements requirements
COPY --chown=reader src src
RUN python3 requirements/install.py all
COPY --chown=reader . .
EXPOSE 8888
CMD ["make", "lab", "ARGS=--ip=0.0.0.0 --no-browser"]
