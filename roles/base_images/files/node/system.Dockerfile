# The images of Kubernetes' own pods, one target each. The classic builder also makes all stages before the target, so each of them
# has to work with what another was given. kubeadm looks for all of them under its own names and tags.
ARG PARENT
FROM ${PARENT} AS catatonit
RUN apt-get update -qq && apt-get install -qq catatonit >/dev/null

FROM scratch AS pause
COPY --from=catatonit /usr/bin/catatonit /pause
ENTRYPOINT ["/pause", "-P"]

FROM scratch AS component
ARG PROGRAM
COPY ${PROGRAM} /usr/local/bin/
ENV PATH=/usr/local/bin

FROM scratch AS coredns
ARG PROGRAM
COPY ${PROGRAM} /coredns
ENTRYPOINT ["/coredns"]

FROM ${PARENT} AS kube-proxy
RUN apt-get update -qq && apt-get install -qq conntrack iptables kmod >/dev/null && rm -rf /var/lib/apt/lists/*
ARG PROGRAM
COPY ${PROGRAM} /usr/local/bin/
