// node onnx.mjs FOLDER MODEL.onnx THREADS: predictions by onnxruntime (FOLDER: where npm's onnxruntime-node lies), one line of JSON for each size of batch.
// The time includes node's way to and from it, a promise for each call. Predicted are the first of MNIST's test digits, then ("dense") numbers of which none is 0.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const [folder, path, threads] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const { InferenceSession, Tensor } = require(folder);
const { version } = require(`${folder}/package.json`);
const session = await InferenceSession.create(path, { intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: "all" });

const now = () => Number(process.hrtime.bigint()) * 1e-9;

const digits = gunzipSync(readFileSync(new URL("../../data/mnist/t10k-images-idx3-ubyte.gz", import.meta.url))).subarray(16);

for (const [batch, dense] of [1, 128, 1024].flatMap((batch) => [[batch, ""], [batch, ", dense"]])) {
    const numbers = Float32Array.from({ length: batch * 784 }, (_, i) => (dense ? 0.5 : digits[i] / 255));
    const x = new Tensor("float32", numbers, [batch, 784]);
    const spent = [];
    for (let end = now() + 0.2, i = -3; i < 5 || now() < end; i++) {
        const start = now();
        await session.run({ x });
        if (i >= 0) spent.push(now() - start);
    }
    spent.sort((a, b) => a - b);
    const at = (share) => spent[Math.floor(spent.length * share)];
    console.log(JSON.stringify({ group: "predict", name: `network, batch ${batch}${dense}`, peer: "onnxruntime", version, precision: "highest", seconds: at(0.5), p99: at(0.99) }));
}
