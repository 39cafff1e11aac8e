import { Command, Option } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import {
  down,
  inClient,
  inNode,
  LabError,
  labPaths,
  labStatus,
  refuseWrongMachine,
  renderStatus,
  up,
  type Invocation,
} from './cluster/index.ts';

const INTERRUPTED = new LabError('interrupted');
const INTERRUPTED_EXIT = 130;

process.exitCode = await main();

async function main(): Promise<number> {
  let exitCode = 0;
  const lab = createCommand((code) => (exitCode = code));
  try {
    await lab.parseAsync();
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

function createCommand(exit: (code: number) => void): Command {
  const lab = new Command('lab')
    .description('A real Kubernetes cluster on this machine, with registries that fail on demand.')
    .enablePositionalOptions()
    .hook('preAction', refuseWrongMachine);

  lab
    .command('up')
    .description('install what is missing, build Kubernetes once, start the lab')
    .action(() => up({ signal: interruption() }));
  lab
    .command('down')
    .description('stop everything and leave nothing behind')
    .action(() => down());
  lab
    .command('status')
    .description('what runs; exit code 1 when the lab is down')
    .addOption(new Option('-o, --output <format>', 'for programs').choices(['json']))
    .action(async ({ output }: { output?: string }) => {
      const status = await labStatus();
      console.log(output === 'json' ? JSON.stringify(status, null, 2) : renderStatus(status));
      exit(status.up ? 0 : 1);
    });
  lab
    .command('kubeconfig')
    .description('print the path of an admin kubeconfig')
    .action(() => {
      const { kubeconfig } = labPaths();
      if (!existsSync(kubeconfig)) {
        throw new LabError('the lab is down', 'npm run lab -- up');
      }
      console.log(kubeconfig);
    });
  lab
    .command('shell')
    .description('a shell, or a command, on node 1, node 2 or the client')
    .argument('<place>', '1, 2 or client')
    .argument('[command...]', 'after --')
    .passThroughOptions()
    .action(async (place: string, command: string[]) => {
      const given = command[0] === '--' ? command.slice(1) : command;
      const argv = given.length > 0 ? given : ['bash', '-i'];
      exit(await attach(place === 'client' ? inClient(argv) : inNode(Number(place), argv)));
    });
  addRunnerCommands(lab, exit);
  return lab;
}

/** Commands whose arguments the runner reads itself. */
function addRunnerCommands(lab: Command, exit: (code: number) => void): void {
  for (const [name, description] of [
    ['scenarios', 'run scenarios: all, or those of a folder or name'],
    ['demo', 'one scenario, to watch'],
    ['record', 'stage every failure and keep what the kubelet says as test data; names: only these'],
  ] as const) {
    lab
      .command(name)
      .description(description)
      .argument('[args...]')
      .helpOption(false)
      .allowUnknownOption()
      .passThroughOptions()
      .action(async (args: string[]) => {
        const runner = await import('./runner/main.ts');
        const commands = {
          scenarios: runner.runScenarios,
          demo: runner.runDemo,
          record: runner.runRecord,
        };
        exit(await commands[name](args));
      });
  }
}

/** Runs a program on this terminal and gives its exit code, 128 + n when signal n ended it. */
async function attach({ command, args }: Invocation): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit' });
  // The program decides what Ctrl-C means.
  process.on('SIGINT', () => {});
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** Aborted by the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => controller.abort(INTERRUPTED));
  }
  return controller.signal;
}

function report(error: unknown): number {
  if (!(error instanceof LabError)) {
    throw error;
  }
  console.error(`lab: ${error.message}`);
  if (error.detail !== undefined) {
    console.error(error.detail);
  }
  return error === INTERRUPTED ? INTERRUPTED_EXIT : 1;
}
