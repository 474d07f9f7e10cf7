"""How Kubernetes, and programs in it, say what is wrong: the words, the cause that they mean, and what helps.

Groups of a pattern can be used in cause and cure; `{about}` is the part of the stack that is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    pattern: re.Pattern[str]
    cause: str
    cure: str


def _sign(pattern: str, cause: str, cure: str) -> Sign:
    return Sign(re.compile(pattern, re.IGNORECASE), cause, cure)


_RELEASE = "`make up` releases it as it has to be"
_SECRETS = "`make up --tags secrets` brings the vault's values to the cluster"

# Why no node takes a pod; what comes first in the list is nearer to the cause.
SCHEDULING = (
    _sign(r'persistentvolumeclaim "(?P<claim>[^"]+)" not found', "its volume claim {claim} does not exist", _RELEASE),
    _sign(
        r"unbound immediate PersistentVolumeClaims",
        "its volume claim gets no volume",
        "name a StorageClass that the cluster has, then `make up`",
    ),
    _sign(
        r"Insufficient memory",
        "no node has the memory left that it asks for",
        "lower its request in release_values, or set a larger cluster_memory_mib",
    ),
    _sign(
        r"Insufficient cpu",
        "no node has the processor time left that it asks for",
        "lower its request in release_values, or set more cluster_cpus",
    ),
    _sign(
        r"Insufficient (?P<what>[\w/.-]*\w)",
        "no node has the {what} left that it asks for",
        "free some on the node, or lower its request in release_values",
    ),
    _sign(
        r"Too many pods", "the node runs as many pods as it may", "lower the replicas in release_values, or add a node"
    ),
    _sign(
        r"untolerated taint(?:\(s\)| )*\{(?P<taint>[^}]*)\}",
        "every node is tainted: {taint}",
        "remove the taint; where it tells of pressure, make room on the node",
    ),
    _sign(
        r"were unschedulable|node\(s\) unschedulable",
        "every node is cordoned",
        "`kubectl uncordon` lets the node take pods again",
    ),
    _sign(
        r"node affinity/selector",
        "no node has the labels that it asks for",
        "remove its node selector, or label a node",
    ),
)

# Why Kubernetes does not even make pods.
REFUSED_PODS = (
    _sign(
        r"exceeded quota: (?P<quota>[^,]+)",
        "the quota {quota} is used up",
        "raise the ResourceQuota, or lower the replicas in release_values",
    ),
    _sign(
        r"violates PodSecurity",
        "its pods break the Pod Security Standard of the namespace",
        "correct its security context, then `make up`",
    ),
    _sign(r'serviceaccount "(?P<account>[^"]+)" not found', "its ServiceAccount {account} does not exist", _RELEASE),
    _sign(
        r"denied the request",
        "an admission rule of the cluster refuses its pods",
        "correct what the rule names, then `make up`",
    ),
)

# Why a pod was taken off its node, or not let in.
EVICTED = (
    _sign(
        r'Usage of EmptyDir volume "(?P<volume>[^"]+)" exceeds the limit',
        "it filled its volume {volume} and was evicted",
        "raise the volume's limit, or find out what fills it",
    ),
    _sign(
        r"ephemeral.storage.*exceeds|exceeds.*ephemeral",
        "it wrote more to the node's disk than it may and was evicted",
        "find out what it writes; raise its limit if that is right",
    ),
    _sign(
        r"low on resource: (?P<resource>[\w-]+)",
        "the node ran short of {resource} and evicted it",
        "make room on the node; the pod is scheduled again by itself",
    ),
    _sign(
        r"Pod was rejected: (?P<why>.{1,160})",
        "its node did not let it in: {why}",
        "make room on the node; the pod is made again by itself",
    ),
)

# Why a container waits.
WAITING = (
    _sign(r'secret "(?P<secret>[^"]+)" not found', "the Secret {secret} does not exist", _SECRETS),
    _sign(
        r"couldn't find key (?P<key>\S+) in Secret \S*?/?(?P<secret>[\w.-]+)(?:\s|$)",
        "the Secret {secret} has no key {key}",
        _SECRETS,
    ),
    _sign(r'configmap "(?P<map>[^"]+)" not found', "the ConfigMap {map} does not exist", _RELEASE),
    _sign(r"couldn't find key (?P<key>\S+) in ConfigMap", "its ConfigMap has no key {key}", _RELEASE),
    _sign(
        r"ErrImageNeverPull",
        "its image is not in the node, and may not be pulled",
        "`make up --tags images,release` brings it",
    ),
    _sign(
        r"InvalidImageName", "the name of its image is malformed", "correct `images` in release_values, then `make up`"
    ),
    _sign(
        r"(?:Failed to pull|pulling) image \"(?P<image>[^\"]+)\".*(?:not found|does not exist|manifest unknown)",
        "its image {image} does not exist",
        "correct `images` in release_values, or `make up --tags images,release` to build and bring it",
    ),
    _sign(
        r"(?:Failed to pull|pulling) image \"(?P<image>[^\"]+)\".*(?:unauthorized|denied|authentication)",
        "the registry does not give out its image {image}",
        "let the cluster sign in to the registry",
    ),
    _sign(
        r"(?:Failed to pull|pulling) image \"(?P<image>[^\"]+)\"",
        "its image {image} can not be pulled",
        "make the registry reachable, or `make up --tags images,release` to bring the image to the node",
    ),
    _sign(
        r"ImagePullBackOff|ErrImagePull",
        "its image can not be pulled",
        "`make up --tags images,release` builds and brings it",
    ),
    _sign(
        r"executable file not found|no such file or directory",
        "the program that it shall run is not in its image",
        "correct the command, or build the image again (`make up`)",
    ),
    _sign(r"CreateContainerConfigError: (?P<why>.+)", "its container can not be made: {why}", _RELEASE),
    _sign(
        r"(?:RunContainerError|CreateContainerError|StartError|ContainerCannotRun): (?P<why>.{1,160})",
        "its container can not be started: {why}",
        _RELEASE,
    ),
)

# How a container ended, where the runtime says more than its program.
ENDED = (
    _sign(
        r"(?:StartError|ContainerCannotRun).*(?:executable file not found|no such file or directory)",
        "the program that it shall run is not in its image",
        "correct the command, or build the image again (`make up`)",
    ),
)

_DATABASE = "`make why SERVICE=database`; an external database has to run and be reachable"

# What programs say of what they need outside of themselves: it means something even while they are ready.
OUTSIDE = (
    _sign(
        r'password authentication failed for user "?(?P<user>\w+)|InvalidPassword',
        "the database refuses its password ({user})",
        "`make up --tags secrets,database,release` brings the vault's password to both ends",
    ),
    _sign(
        r'role "(?P<role>\w+)" does not exist',
        "the database does not know the role {role}",
        "`make up --tags release` runs the migrations, which make it",
    ),
    _sign(
        r'database "(?P<name>\w+)" does not exist',
        "there is no database {name}",
        "correct vault_database_url with `make secrets`, then `make up`",
    ),
    _sign(
        r"remaining connection slots|too many (?:clients|connections)",
        "the database has no connection left",
        "lower database.poolSize or the replicas in release_values, or allow more in the database",
    ),
    _sign(
        r"(?:Temporary failure in name resolution|Name or service not known|No address associated with hostname|getaddrinfo|EAI_AGAIN|\bENOTFOUND|no such host|failed to resolve)",
        "a name is not resolved: the cluster's DNS does not answer, or the Service does not exist",
        "`kubectl -n kube-system get pods -l k8s-app=kube-dns`; `make up` repairs the cluster and its Services",
    ),
    _sign(
        r"No space left on device",
        "the disk that it writes to is full",
        "free some disk, or raise the limit of its volume",
    ),
    _sign(
        r"API[_ ]key (?:not valid|invalid)|API_KEY_INVALID|invalid_api_key|Incorrect API key",
        "the model's provider refuses the key",
        "put a valid key into the vault with `make secrets`, then `make up`",
    ),
    _sign(
        r"RESOURCE_EXHAUSTED|insufficient_quota",
        "the quota at the model's provider is used up",
        "wait, or raise the quota; the offline analyst answers meanwhile",
    ),
)

# Of programs that end, or run and are not ready.
LOGS = (
    *OUTSIDE,
    _sign(
        r"(?:psycopg|postgres|database).*(?:timed? ?out|timeout|refused|unreachable|unavailable|server closed|not available|terminat)"
        r"|(?:timed? ?out|timeout|refused|unreachable|unavailable|server closed).*(?:psycopg|postgres|database|:5432)"
        r"|the database system is (?:starting|shutting)|PoolTimeout",
        "it does not reach the database",
        _DATABASE,
    ),
    _sign(
        r"connection refused|ECONNREFUSED",
        "nothing listens where it connects to",
        "`make health` shows what is not running",
    ),
    _sign(
        r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|certificate has expired",
        "it does not trust the certificate of the other side",
        "correct the address, or its certificate",
    ),
    _sign(
        r"(?:connect|connection)\w* timed out|ETIMEDOUT|ConnectTimeout|TimeoutError",
        "what it connects to gives no answer: it is down, or a NetworkPolicy closes the way",
        "`make health` shows what is down; `make up` releases the policies",
    ),
    _sign(
        r"(?P<what>[\w.]+):?\s+Field required|missing .*?(?P<name>[A-Z][A-Z0-9_]{3,}).*|(?P<variable>[A-Z][A-Z0-9_]{3,}) (?:is|has to be|must be) (?:missing|set|required)",
        "a setting is missing: {what}{name}{variable}",
        _SECRETS,
    ),
    _sign(r"KeyError: '(?P<name>[A-Z][A-Z0-9_]+)'", "a setting is missing: {name}", _SECRETS),
    _sign(
        r"ModuleNotFoundError|ImportError|Cannot find module",
        "its image lacks a module",
        "`make up --tags images,release` builds it again",
    ),
    _sign(r"Read-only file system", "it writes where nothing can be written", "give it a volume for that folder"),
    _sign(r"Permission denied|EACCES", "it may not use a file", "correct the owner or the mode of what the line names"),
    _sign(
        r"address already in use|EADDRINUSE",
        "its port is taken by another program in the pod",
        "`make restart SERVICE={about}`",
    ),
    _sign(
        r'relation "(?P<table>[\w.]+)" does not exist|UndefinedTable',
        "the database lacks a table: {table}",
        "`make up --tags release` runs the migrations",
    ),
    _sign(
        r"MemoryError|heap out of memory|Cannot allocate memory",
        "it ran out of memory",
        "raise release_values for {about}: resources.limits.memory, then `make up`",
    ),
)

# What Kubernetes warns of a pod that runs, or can not begin to.
EVENTS = (
    _sign(
        r'FailedMount.*secret "(?P<secret>[^"]+)" not found',
        "the Secret {secret}, which it mounts, does not exist",
        _SECRETS,
    ),
    _sign(
        r'FailedMount.*configmap "(?P<map>[^"]+)" not found',
        "the ConfigMap {map}, which it mounts, does not exist",
        _RELEASE,
    ),
    _sign(
        r"FailedMount|FailedAttachVolume", "a volume can not be mounted", "correct what the line names, then `make up`"
    ),
    _sign(r"FailedCreatePodSandBox", "the node can not give it a network or a sandbox", "`make up` repairs the node"),
    _sign(
        r"PostStartHook|FailedPostStartHook",
        "what it runs after its start fails",
        "correct its postStart hook, then `make up`",
    ),
    _sign(
        r"Liveness probe failed",
        "it hangs: its liveness probe fails, and it is restarted",
        "`make logs SERVICE={about}` shows where it stopped",
    ),
    _sign(
        r"Startup probe failed",
        "it does not get through its start: its startup probe fails",
        "`make logs SERVICE={about}` shows how far it comes",
    ),
    _sign(
        r"Readiness probe failed.*(?:connection refused)",
        "it listens on another port than its readiness probe asks",
        "correct its port, then `make up`",
    ),
    _sign(
        r"Readiness probe failed",
        "it runs, and its readiness probe fails: something that it needs is away",
        "`make logs SERVICE={about}` names it",
    ),
    _sign(
        r"network is not ready|cni plugin not initialized",
        "the network of the node is not ready",
        "`make up` repairs the node",
    ),
)
