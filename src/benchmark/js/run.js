// Answers one prompt on one image with transformers.js and prints what it took, as one JSON object.
//
//   node run.js --model DIR --image FILE --prompt TEXT --dtype fp16,fp16,q4 --threads 1 --new-tokens 8 --repeat 5
//
// dtype: one name, or three for embed_tokens, vision_encoder and decoder_model_merged. The image should already have
// the model's size: this client resizes differently from the model's own preprocessing. One answer before the timed
// ones warms up. With --lines it reads "run" lines from standard input and makes one timed answer for each, so that a
// caller can alternate it with another program.

import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import {
  AutoProcessor,
  PaliGemmaForConditionalGeneration,
  RawImage,
  env,
} from "@huggingface/transformers";

const { values: options } = parseArgs({
  options: {
    model: { type: "string" },
    image: { type: "string" },
    prompt: { type: "string" },
    dtype: { type: "string", default: "fp32" },
    threads: { type: "string", default: "0" },
    "new-tokens": { type: "string", default: "8" },
    repeat: { type: "string", default: "3" },
    lines: { type: "boolean", default: false },
  },
});
for (const name of ["model", "image", "prompt"]) {
  if (!options[name]) {
    console.error(`--${name} is missing`);
    process.exit(2);
  }
}

const folder = resolve(options.model);
env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = dirname(folder);

const dtypes = options.dtype.split(",");
const dtype =
  dtypes.length === 3
    ? { embed_tokens: dtypes[0], vision_encoder: dtypes[1], decoder_model_merged: dtypes[2] }
    : dtypes[0];
const threads = Number(options.threads);
const sessionOptions = threads > 0 ? { intraOpNumThreads: threads, interOpNumThreads: 1 } : {};

const loadStart = performance.now();
const processor = await AutoProcessor.from_pretrained(basename(folder));
const model = await PaliGemmaForConditionalGeneration.from_pretrained(basename(folder), {
  dtype,
  device: "cpu",
  session_options: sessionOptions,
});
const loadMs = performance.now() - loadStart;

// What the sessions take is measured around their run, everything else is the client's own work.
const spans = [];
for (const [name, session] of Object.entries(model.sessions)) {
  const original = session.run.bind(session);
  session.run = async (...rest) => {
    const start = performance.now();
    const result = await original(...rest);
    spans.push([name, performance.now() - start]);
    return result;
  };
}

const image = await RawImage.read(options.image);

async function answer() {
  spans.length = 0;
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  const inputs = await processor(image, "<image>" + options.prompt);
  const output = await model.generate({
    ...inputs,
    max_new_tokens: Number(options["new-tokens"]),
    do_sample: false,
  });
  const total = performance.now() - start;
  const cpu = process.cpuUsage(cpuStart);
  const decoder = spans.filter(([name]) => name === "decoder_model_merged").map(([, ms]) => ms);
  return {
    vision_ms: sum(spans.filter(([name]) => name === "vision_encoder").map(([, ms]) => ms)),
    prefill_ms: decoder[0],
    decode_ms: decoder.slice(1),
    sessions_ms: sum(spans.map(([, ms]) => ms)),
    total_ms: total,
    cpu_ms: (cpu.user + cpu.system) / 1000,
    prompt_tokens: inputs.input_ids.dims[1],
    token_ids: output.tolist()[0].slice(inputs.input_ids.dims[1]).map(Number),
  };
}

function sum(values) {
  return values.reduce((a, b) => a + b, 0);
}

// On Linux what resourceUsage says includes the peak of the process that started this one, so the kernel's own count is
// read; both are in kilobytes.
function peakMemory() {
  if (process.platform === "linux") {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

await answer();
if (options.lines) {
  console.log(JSON.stringify({ load_ms: loadMs, peak_memory_bytes: peakMemory() }));
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== "run") break;
    console.log(JSON.stringify({ ...(await answer()), peak_memory_bytes: peakMemory() }));
  }
} else {
  const runs = [];
  for (let i = 0; i < Number(options.repeat); i++) runs.push(await answer());
  console.log(JSON.stringify({ load_ms: loadMs, peak_memory_bytes: peakMemory(), runs }));
}
await model.dispose();
