# Builds the images of shop, from the folder that the services' folders are in:
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
  targets = ["web", "fixed", "keda", "operator"]
}

target "web" {
  context = "./services/web"
  dockerfile = "../../${DOCKERFILES}/web/Dockerfile"
  tags = ["registry.example.com/shop/web:2.0"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
    LEVEL = "info"
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "fixed" {
  context = "fixed"
  dockerfile = "../${DOCKERFILES}/fixed/Dockerfile"
  tags = ["registry.example.com/shop/fixed:2.0"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "keda" {
  context = "keda"
  dockerfile = "../${DOCKERFILES}/keda/Dockerfile"
  tags = ["registry.example.com/shop/keda:2.0"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}

target "operator" {
  context = "operator"
  dockerfile = "../${DOCKERFILES}/operator/Dockerfile"
  tags = ["registry.example.com/shop/operator:2.0"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}
