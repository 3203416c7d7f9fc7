# Builds the images of graphmemory, from the folder that the services' folders are in:
#
#     docker buildx bake --file <this file> --push
#
# Written by hybriddeploy: change the model, not this file.

# Where the Dockerfiles are, seen from that folder.
variable "DOCKERFILES" {
  default = "deploy/dockerfiles"
}

# The commit that is built.
variable "REVISION" {
  default = ""
}

group "default" {
  targets = ["auth-service", "dashboard-service", "streaming-service", "analytics-service", "ai-detection-service", "monitoring-service"]
}

target "auth-service" {
  context = "auth-service"
  dockerfile = "../${DOCKERFILES}/auth-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/auth-service:1.4.2"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "dashboard-service" {
  context = "dashboard-service"
  dockerfile = "../${DOCKERFILES}/dashboard-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/dashboard-service:1.4.2"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "streaming-service" {
  context = "streaming-service"
  dockerfile = "../${DOCKERFILES}/streaming-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/streaming-service:1.4.2"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "analytics-service" {
  context = "analytics-service"
  dockerfile = "../${DOCKERFILES}/analytics-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/analytics-service:1.4.2"]
  platforms = ["linux/amd64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "ai-detection-service" {
  context = "ai-detection-service"
  dockerfile = "../${DOCKERFILES}/ai-detection-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/ai-detection-service:1.4.2"]
  platforms = ["linux/amd64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "monitoring-service" {
  context = "monitoring-service"
  dockerfile = "../${DOCKERFILES}/monitoring-service/Dockerfile"
  tags = ["registry.example.com/graphmemory/monitoring-service:1.4.2"]
  platforms = ["linux/amd64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}
