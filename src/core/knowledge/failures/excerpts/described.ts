import { pullReasons } from './cues.ts';
import { found, objectName, type Found } from './found.ts';

const field = /^([A-Z][A-Za-z -]{1,30}):\s+(\S.*)$/;
const image = /^\s{1,8}Image:\s+(\S+)\s*$/;
const containerName = /^ {2}([a-z0-9][a-z0-9-]{0,62}):\s*$/;
const waiting = new RegExp(String.raw`^\s{1,12}Reason:\s+(${pullReasons})\s*$`);
/** What alerts and consoles put before the names of a pod and its namespace. */
const podField =
  /^\s{0,8}(?:Pod|pod|Pod ?[Nn]ame|Pod ?名称|实例名称|容器组(?:名称)?)\s?[:：]\s{0,8}(?:([a-z0-9][a-z0-9-]{0,62})\/)?([a-z0-9][a-z0-9.-]{1,252})\s*$/;
const namespaceField =
  /^\s{0,8}(?:命名空间|名字空间|Namespace|namespace|Pod命名空间)\s?[:：]\s{0,8}([a-z0-9][a-z0-9-]{0,62})\s*$/;
/** The section of the Events, with which those of one object begin anew. */
const events = /^Events:/;

/** Fields that only one kind has (kubernetes staging/src/k8s.io/kubectl/pkg/describe/describe.go). */
const kindByField: Readonly<Record<string, string>> = {
  'Service Account': 'Pod',
  Node: 'Pod',
  StorageClass: 'PersistentVolumeClaim',
  Roles: 'Node',
  'Controlled By': 'Pod',
};

/** The object that `kubectl describe` is about, as far as it was read. */
export class DescribedObject {
  #name: string | undefined;
  #namespace: string | undefined;
  #kind: string | undefined;
  #image: string | undefined;
  #container: string | undefined;
  #node: string | undefined;
  #isOfEvents = false;
  /** Of an alert, which may name it before or after the pod. */
  #space: string | undefined;

  get name(): string | undefined {
    return objectName(this.#kind, this.#namespace, this.#name);
  }

  /** The pod that is described; other programs print fields of this form too. */
  get pod(): string | undefined {
    return this.#kind === 'Pod' ? this.name : undefined;
  }

  /** What the description says of where the object is. */
  get place(): Pick<Found, 'object' | 'node'> {
    const { object, node } = found({ object: this.name, node: this.#node });
    return { ...(object !== undefined && { object }), ...(node !== undefined && { node }) };
  }

  /** The pod that a command asks for. */
  asked(namespace: string | undefined, pod: string): void {
    this.#forget();
    this.#kind = 'Pod';
    this.#name = pod;
    this.#namespace = namespace;
  }

  /** The scheduler's Event names pod and node where the head of the description was not pasted. */
  scheduled({ object, node }: Found): void {
    const [, namespace, name] = /^Pod (?:([^/]+)\/)?(.+)$/.exec(object ?? '') ?? [];
    if (name === undefined || (this.#name !== undefined && this.#name !== name)) return;
    this.#name = name;
    this.#kind = 'Pod';
    this.#namespace = namespace ?? this.#namespace;
    this.#node ??= node;
  }

  /** True when the line is one of a description. */
  take(line: string): boolean {
    const container = image.exec(line)?.[1];
    if (container !== undefined) this.#image = container;
    if (container !== undefined || waiting.test(line)) return true;
    const named = containerName.exec(line)?.[1];
    if (named !== undefined && this.#name !== undefined) {
      this.#container = named;
      return true;
    }
    if (events.test(line)) {
      // A second table without a head of its own is of another object.
      if (this.#isOfEvents) this.#forget();
      this.#isOfEvents = true;
      return true;
    }
    if (this.#takeAlert(line)) return true;
    const [, key = '', value = ''] = field.exec(line) ?? [];
    if (key === 'Name') {
      // The object that the command before it asks for.
      const isAsked = this.#name === value.trim() && !this.#isOfEvents;
      if (!isAsked) this.#forget();
      this.#name = value.trim();
      return true;
    }
    if (this.#name === undefined) return false;
    if (key === 'Namespace') this.#namespace = value.trim();
    if (key === 'Node') this.#node = value.trim().split('/', 1)[0];
    this.#kind ??= kindByField[key];
    return key === 'Namespace' || kindByField[key] !== undefined;
  }

  #takeAlert(line: string): boolean {
    const space = namespaceField.exec(line)?.[1];
    if (space !== undefined) {
      this.#space = space;
      if (this.#name !== undefined) this.#namespace ??= space;
      // `kubectl describe` has it too.
      return this.#name === undefined;
    }
    const [, namespace = this.#space, name] = podField.exec(line) ?? [];
    if (name === undefined) return false;
    this.#forget();
    this.#name = name;
    this.#kind = 'Pod';
    this.#namespace = namespace;
    return true;
  }

  #forget(): void {
    this.#name = undefined;
    this.#namespace = undefined;
    this.#kind = undefined;
    this.#image = undefined;
    this.#container = undefined;
    this.#node = undefined;
    this.#isOfEvents = false;
  }

  /** A container that waits for its image; the cause stands among the Events, when there are any left. */
  waiting(line: string): readonly Found[] {
    const reason = waiting.exec(line)?.[1];
    if (reason === undefined) return [];
    return [found({ ...this.place, reason, image: this.#image, container: this.#container })];
  }
}
