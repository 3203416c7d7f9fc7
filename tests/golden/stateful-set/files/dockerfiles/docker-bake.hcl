# Builds the images of store, from the folder that the services' folders are in:
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
  targets = ["graph-store", "lease-keeper"]
}

target "graph-store" {
  context = "graph-store"
  dockerfile = "../${DOCKERFILES}/graph-store/Dockerfile"
  tags = ["registry.example.com/store/graph-store:3.0"]
  platforms = ["linux/amd64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "lease-keeper" {
  context = "lease-keeper"
  dockerfile = "../${DOCKERFILES}/lease-keeper/Dockerfile"
  tags = ["registry.example.com/store/lease-keeper:3.0"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}
