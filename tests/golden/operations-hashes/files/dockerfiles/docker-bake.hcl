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
  targets = ["web"]
}

target "web" {
  context = "web"
  dockerfile = "../${DOCKERFILES}/web/Dockerfile"
  tags = ["registry.example.com/shop/web:1.4.2"]
  platforms = ["linux/amd64", "linux/arm64"]
  args = {
    REVISION = REVISION
  }
  attest = ["type=sbom", "type=provenance,mode=max"]
}
