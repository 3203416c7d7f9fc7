/* Rules between fields and between services; each stands in the file of its concept. */
#ifndef HD_MODEL_RULES_H
#define HD_MODEL_RULES_H

#include "../core/report.h"
#include "model.h"

struct checker {
    const struct hd_model *model;
    const struct hd_app *app;
    struct hd_diagnostics *report;
    int kube_minor;
};

void check_application(struct checker *checker);
/* Calls the rules of all concepts for one service. */
void check_service(struct checker *checker, const struct hd_service *service);

/* Of the application as a whole. */
void check_object_names(struct checker *checker);
void check_application_labels(struct checker *checker);

void check_service_labels(struct checker *checker, const struct hd_service *service);
/* The tag that the application gives to all images. */
void check_image_tag(struct checker *checker);
/* What stands in the pods of a service, and how many of them there are. */
void check_pods(struct checker *checker, const struct hd_service *service);

#endif
