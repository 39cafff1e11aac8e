import { pullReasons } from './cues.ts';
import { found, objectName, type Found } from './found.ts';

const field = /^([A-Z][A-Za-z -]{1,30}):\s+(\S.*)$/;
const image = /^\s{1,8}Image:\s+(\S+)\s*$/;
const waiting = new RegExp(String.raw`^\s{1,12}Reason:\s+(${pullReasons})\s*$`);

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

  get name(): string | undefined {
    return objectName(this.#kind, this.#namespace, this.#name);
  }

  /** True when the line is one of a description. */
  take(line: string): boolean {
    const container = image.exec(line)?.[1];
    if (container !== undefined) this.#image = container;
    if (container !== undefined || waiting.test(line)) return true;
    const [, key = '', value = ''] = field.exec(line) ?? [];
    if (key === 'Name') {
      this.#name = value.trim();
      this.#namespace = undefined;
      this.#kind = undefined;
      this.#image = undefined;
      return true;
    }
    if (this.#name === undefined) return false;
    if (key === 'Namespace') this.#namespace = value.trim();
    this.#kind ??= kindByField[key];
    return key === 'Namespace' || kindByField[key] !== undefined;
  }

  /** A container that waits for its image; the cause stands among the Events, when there are any left. */
  waiting(line: string): readonly Found[] {
    const reason = waiting.exec(line)?.[1];
    if (reason === undefined) return [];
    return [found({ message: '', reason, image: this.#image, object: this.name, count: 1 })];
  }
}
