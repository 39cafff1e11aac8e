import { redact } from '../../base/index.ts';
import type { Confidence, Diagnosis, FailureClass, PullPolicy } from '../../model/index.ts';
import { findEndpoint, imageOfText } from './endpoint.ts';
import { mirrorHelps } from './mirror-help.ts';
import {
  bounded,
  clause,
  mirrorCauses,
  splitAggregate,
  splitRegistries,
  unescapeText,
  type Clause,
} from './normalise.ts';
import { indirectRules, matches, noPullRules, pullRules, type Facts, type Rule } from './rules/index.ts';
import { sandboxPlace, splitSandbox, type SandboxFailure } from './sandbox.ts';
import { failureClassInfo } from './classes/index.ts';
import { statusOf } from './status.ts';
import { variantOf } from './variant.ts';
import { weigh } from './weigh.ts';

/** A text about one pull, with what else is known about it. */
export type Symptom = {
  readonly message: string;
  /** Waiting reason (`ErrImagePull`) or Event reason (`FailedCreatePodSandBox`). */
  readonly reason?: string;
  /** As written in the pod. */
  readonly image?: string;
  /** As the node reports it, e.g. `containerd://1.6.20`. */
  readonly runtime?: string;
  /** The kubelet's `FailedToRetrieveImagePullSecret` text for the same pod. */
  readonly secretWarning?: string;
  readonly pullPolicy?: PullPolicy;
  /** The host that a log names beside the text. */
  readonly host?: string;
};

/** Reasons of Events about other objects than a container's image. */
const placeOfIndirect =
  /^(?:FailedScheduling|FailedMount|FailedAttachVolume|FailedBinding|Provisioning\w+|ExternalProvisioning|NetworkNotReady|NodeNotReady|FailedCreate)$/;

/**
 * What the text says about why the image does not arrive. Pure and total: any text gives a diagnosis, `unknown` when
 * nothing is recognised. At most 16 KiB of the message are read; secrets are removed from the evidence.
 */
export function classify(symptom: Symptom): Diagnosis {
  const raw = bounded(redact(symptom.message)).trim();
  const text = unescapeText(raw);
  const diagnosis = diagnoseText(text, symptom);
  return withSecretWarning({ ...diagnosis, evidence: raw }, symptom.secretWarning);
}

/** Is the text understood, and about no pull at all? */
export function isAboutNoPull(symptom: Symptom): boolean {
  const facts = factsOf(clause(unescapeText(bounded(symptom.message).trim())), symptom);
  const isElsewhere = indirectRules.some((rule) => matches(rule, facts) && !noPullRules.includes(rule));
  return !isElsewhere && noPullRules.some((rule) => matches(rule, facts));
}

/** A diagnosis whose class is already known; endpoint and use of a mirror are read from the text. */
export function diagnosisOf(failure: FailureClass, confidence: Confidence, symptom: Symptom): Diagnosis {
  const raw = bounded(redact(symptom.message)).trim();
  const facts = factsOf(clause(unescapeText(raw)), symptom);
  return { ...diagnosis(failure, confidence, facts), evidence: raw };
}

/** The image that a text blames: the pause image of a sandbox, otherwise the first that it names. */
export function blamedImage(message: string): string | undefined {
  const text = unescapeText(bounded(message));
  return splitSandbox(text)?.image ?? imageOfText(text);
}

function diagnoseText(text: string, symptom: Symptom): Diagnosis {
  const sandbox = splitSandbox(text);
  if (sandbox !== undefined) return sandboxDiagnosis(sandbox, symptom);
  const whole = factsOf(clause(text), symptom);
  const indirect = indirectRules.find((rule) => matches(rule, whole));
  if (indirect !== undefined) return diagnosisBy(indirect, whole);
  if (placeOfIndirect.test(whole.reason)) return unknownDiagnosis(whole);
  const pull = diagnosePull(text, symptom);
  // A sandbox that failed without naming an image: only what is wrong with the node itself can be told.
  const elsewhere = sandboxPlace.test(text) && pull.class !== 'disk-full' && pull.class !== 'node-runtime';
  return elsewhere ? unknownDiagnosis(whole) : pull;
}

/** The decisive one of an aggregate's causes; a mirror's cause counts when the primary says nothing. */
function diagnosePull(text: string, symptom: Symptom): Diagnosis {
  const all = splitAggregate(text).map((part) => diagnosePart(part, symptom));
  // That one of several registries lacks the image says nothing about the others.
  const elsewhere = splitRegistries(text).length > 1 ? all.filter((one) => one.class !== 'not-found') : [];
  const parts = elsewhere.length > 0 ? elsewhere : all;
  const { decisive } = weigh(parts, symptom.image) ?? {};
  if (decisive !== undefined && decisive.class !== 'unknown') return decisive;
  const mirrors = mirrorCauses(text).map((part) => diagnosePart(part, symptom));
  return (
    weigh(mirrors, symptom.image)?.decisive ?? decisive ?? unknownDiagnosis(factsOf(clause(text), symptom))
  );
}

function diagnosePart(part: string, symptom: Symptom): Diagnosis {
  const facts = factsOf(clause(part), symptom);
  const rule = pullRules.find((candidate) => matches(candidate, facts));
  return rule === undefined ? unknownDiagnosis(facts) : diagnosisBy(rule, facts);
}

function sandboxDiagnosis({ cause, image }: SandboxFailure, symptom: Symptom): Diagnosis {
  // The Event's reason and the pod's image say nothing about the pull of the pause image.
  const { reason: _reason, image: _image, ...rest } = symptom;
  // A variant is of the class inside, whose remedies act on a pod.
  const { variant: _variant, ...inner } = diagnosePull(cause, {
    ...rest,
    ...(image !== undefined && { image }),
  });
  return { ...inner, class: 'sandbox-image', inner: inner.class, confidence: 'certain' };
}

function factsOf({ text, full }: Clause, symptom: Symptom): Facts {
  const image = symptom.image ?? imageOfText(full);
  const status = statusOf(text);
  const endpoint = findEndpoint(full, image, symptom.host);
  return {
    text,
    full,
    reason: symptom.reason ?? '',
    runtime: symptom.runtime ?? '',
    ...(status !== undefined && { status }),
    ...(endpoint !== undefined && { endpoint }),
    ...(image !== undefined && { image }),
  };
}

function diagnosisBy(rule: Rule, facts: Facts): Diagnosis {
  const failure = typeof rule.class === 'string' ? rule.class : rule.class(facts);
  const found = diagnosis(failure, rule.confidence ?? 'certain', facts);
  return rule.mirrorHelps === undefined ? found : { ...found, mirrorHelps: rule.mirrorHelps };
}

function unknownDiagnosis(facts: Facts): Diagnosis {
  return diagnosis('unknown', 'unknown', facts);
}

function diagnosis(failure: FailureClass, confidence: Confidence, facts: Facts): Diagnosis {
  const endpoint = failureClassInfo[failure].fromEndpoint ? facts.endpoint : undefined;
  const variant = variantOf(failure, facts);
  return {
    class: failure,
    ...(variant !== undefined && { variant }),
    confidence,
    ...(endpoint !== undefined && { endpoint: endpoint.host }),
    mirrorHelps: mirrorHelps({ ...facts, class: failure, ...(variant !== undefined && { variant }) }),
    evidence: facts.full,
  };
}

/** A missing secret is the root cause only where the registry asked who we are. */
function withSecretWarning(diagnosis: Diagnosis, warning: string | undefined): Diagnosis {
  if (warning === undefined || diagnosis.class !== 'unauthorized') return diagnosis;
  if (diagnosis.variant === 'no-such-official-image') return diagnosis;
  const { variant: _, ...rest } = diagnosis;
  return { ...rest, class: 'pull-secret-missing', confidence: 'likely', mirrorHelps: 'no' };
}
