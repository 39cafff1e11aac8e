/** Of the pod that a kubelet shows for a static pod of its own (k8s.io/api/core/v1, MirrorPodAnnotationKey). */
export const mirrorPodAnnotation = 'kubernetes.io/config.mirror';
