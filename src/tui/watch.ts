/** The loop of the terminal view: look, draw, and do what keys say. */

import { Watch, type WatchOptions, watched } from '../app/watch.ts';
import type { DoctorResult } from '../model/answers/doctor.ts';
import type { WatchAnswer, WatchFrame } from '../model/answers/watch.ts';
import { translateError } from '../model/errors/system-errors.ts';
import { createPaint } from '../report/text/paint.ts';
import { visible } from '../report/text/sanitize.ts';
import { type Click, Terminal, type TerminalStreams } from './terminal.ts';
import { FIRST_VIEW, goTo, type Key, press, type ViewState } from './view-state.ts';
import { clicked, pageOf, type WatchScene, watchScreen } from './watch-screen.ts';

interface WatchScreenOptions extends WatchOptions {
  /** Seconds between two looks at the logs. */
  readonly every: number;
  readonly by: ViewState['view']['by'];
  readonly color: boolean;
  /** What `doctor` says of the nodes that are watched. It takes all of the logs, and keys must not wait for it. */
  readonly find: () => Promise<Pick<DoctorResult, 'findings' | 'nodes'>>;
  readonly signal?: AbortSignal | undefined;
}

/** The age of what is shown goes on while nothing else does. */
const CLOCK_MS = 1000;
/** Where reading takes long, because there are many logs, it is done less often: the rest of the machine has other work. */
const REST_PER_LOOK = 10;
/** It is asked for again after so long at least. */
const FINDINGS_MS = 60_000;
const REST_PER_FINDINGS = 100;

/**
 * Shows the sizes on a terminal until the user has seen enough.
 *
 * @throws ExpectedError where the first look fails; a later one that does is told on the screen
 */
export async function watchOnTerminal(options: WatchScreenOptions, streams: TerminalStreams): Promise<void> {
  const watch = new Watch(options);
  const first = await watch.look();
  await new Promise<void>((resolve, reject) => {
    const session = new Session(options, watch, first, streams, (error) =>
      error === null ? resolve() : reject(error),
    );
    session.begin();
  });
}

class Session {
  readonly #options: WatchScreenOptions;
  readonly #watch: Watch;
  readonly #terminal: Terminal;
  readonly #onEnd: (error: Error | null) => void;
  readonly #end = () => this.#finish(null);
  #frame: WatchFrame;
  #answer: WatchAnswer;
  #state: ViewState;
  #problem: string | null = null;
  #lookedAt = Date.now();
  #lookTook = 0;
  #isLooking = false;
  #found: Pick<DoctorResult, 'findings' | 'nodes'> | null = null;
  #findingsDue = 0;
  #clock: NodeJS.Timeout | null = null;

  constructor(
    options: WatchScreenOptions,
    watch: Watch,
    frame: WatchFrame,
    streams: TerminalStreams,
    onEnd: (error: Error | null) => void,
  ) {
    this.#options = options;
    this.#watch = watch;
    this.#frame = frame;
    this.#state = { ...FIRST_VIEW, view: { ...FIRST_VIEW.view, by: options.by } };
    this.#answer = watched(frame, this.#state.view);
    this.#onEnd = onEnd;
    this.#terminal = new Terminal(
      streams,
      (key) => this.#press(key),
      (click) => this.#click(click),
      () => this.#draw(),
    );
  }

  begin(): void {
    this.#options.signal?.addEventListener('abort', this.#end, { once: true });
    this.#terminal.enter();
    this.#clock = setInterval(() => this.#tick(), CLOCK_MS);
    this.#draw();
  }

  #finish(error: Error | null): void {
    if (this.#clock === null) return;
    clearInterval(this.#clock);
    this.#clock = null;
    this.#options.signal?.removeEventListener('abort', this.#end);
    this.#terminal.leave();
    this.#onEnd(error);
  }

  #tick(): void {
    const rest = Math.max(this.#options.every * 1000, this.#lookTook * REST_PER_LOOK);
    const isDue = Date.now() - this.#lookedAt >= rest;
    if (isDue && !this.#state.isPaused) void this.#look();
    else this.#draw();
    if (Date.now() >= this.#findingsDue && !this.#state.isPaused) void this.#find();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const start = Date.now();
    try {
      this.#frame = await this.#watch.look();
      this.#problem = null;
    } catch (error) {
      // Logs can be away for a moment, while they are rotated. What is no expected error is a defect, and ends it.
      const expected = translateError(error);
      if (expected === null) {
        this.#finish(error as Error);
        return;
      }
      this.#problem = visible(expected.oneLine);
    } finally {
      this.#isLooking = false;
      this.#lookedAt = Date.now();
      this.#lookTook = this.#lookedAt - start;
    }
    this.#show();
  }

  async #find(): Promise<void> {
    this.#findingsDue = Number.POSITIVE_INFINITY;
    const start = Date.now();
    try {
      this.#found = await this.#options.find();
    } catch (error) {
      // The looks at the logs tell what is wrong with these.
      if (translateError(error) === null) this.#finish(error as Error);
    }
    this.#findingsDue = Date.now() + Math.max(FINDINGS_MS, (Date.now() - start) * REST_PER_FINDINGS);
    this.#draw();
  }

  #click({ kind, x, y }: Click): void {
    if (kind !== 'click') this.#press({ name: kind === 'wheel-up' ? 'up' : 'down' });
    else {
      const state = clicked(this.#scene(), x, y);
      // Who clicks on what is selected wants to see what is in it.
      const { view, selected } = this.#state;
      if (state !== this.#state && state.view === view && state.selected === selected) this.#press({ name: 'return' });
      else this.#state = state;
      this.#show();
    }
  }

  #press(key: Key): void {
    const subject = this.#state.showsFindings ? this.#found?.findings[Number(key.sequence) - 1]?.subject : null;
    if (subject != null && this.#frame.rows.some(({ variable }) => variable === subject)) {
      this.#state = goTo(this.#state, subject);
      this.#show();
      return;
    }
    const page = pageOf(this.#scene());
    const [state, wish] = press(this.#state, key, this.#answer, page);
    this.#state = state;
    if (wish === 'quit') this.#finish(null);
    else if (wish === 'stop') this.#terminal.stop();
    else if (wish === 'look') void this.#look();
    else if (wish === 'findings' && this.#found === null && this.#findingsDue !== Number.POSITIVE_INFINITY)
      void this.#find().then(() => this.#show());
    else this.#show();
  }

  #show(): void {
    this.#answer = watched(this.#frame, this.#state.view);
    this.#draw();
  }

  #draw(): void {
    this.#terminal.draw(watchScreen(this.#scene(), createPaint(this.#options.color)));
  }

  #scene(): WatchScene {
    const { width, height } = this.#terminal;
    return {
      frame: this.#frame,
      answer: this.#answer,
      state: this.#state,
      ...{ width, height },
      now: Date.now() / 1000,
      every: this.#options.every,
      problem: this.#problem,
      findings: this.#found?.findings ?? null,
      verdicts: this.#found?.nodes ?? [],
    };
  }
}
