package org.palimpsest.format.coco;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// COCO instances files, each damaged in one way, of a picture `a.png` of 16 × 12 pixels.
public final class DamagedCoco {
    private static final String IMAGE =
            "{\"id\": 1, \"file_name\": \"a.png\", \"width\": 16, \"height\": 12}";
    private static final String CATEGORIES =
            "[{\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog\"}]";
    private static final String BOX = "[2, 2, 6, 5]";
    private static final String OUTLINE = "[[2, 2, 8, 2, 8, 7, 2, 7]]";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private DamagedCoco() {}

    /// The file before any damage: one object, a cat.
    public static byte[] sound() {
        return utf8(file("[" + IMAGE + "]", CATEGORIES, annotation(BOX, OUTLINE)));
    }

    /// Files by what is wrong with them.
    public static Map<String, byte[]> files() {
        var made = new DamagedCoco();
        made.text();
        made.structure();
        made.images();
        made.categories();
        made.annotations();
        made.boxes();
        made.outlines();
        made.masks();
        return made.files;
    }

    private void text() {
        byte[] sound = sound();
        put("empty file", new byte[0]);
        put("only blanks", utf8("   \n\n"));
        put("cut off in the images", Arrays.copyOf(sound, 40));
        put("cut off in an annotation", Arrays.copyOf(sound, sound.length - 30));
        put("last brace missing", Arrays.copyOf(sound, sound.length - 1));
        put("text behind the end", utf8(text(sound) + "x"));
        put("a second object behind the end", utf8(text(sound) + text(sound)));
        put("single quotes", utf8(text(sound).replace('"', '\'')));
        put("comment", utf8("// made by hand\n" + text(sound)));
        put("comma before a bracket", utf8(text(sound).replace("}]}", "},]}")));
        put("zero bytes", new byte[1000]);
        put("zero bytes at the end", Arrays.copyOf(sound, sound.length + 500));
        put("a picture instead", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
        put("no UTF-8", text(sound).replace("cat", "caté").getBytes(Charset.forName("ISO-8859-1")));
        put("UTF-16 of an odd length", oddUtf16(text(sound)));
        put("control character in a name", utf8(text(sound).replace("cat", "c\u0001t")));
        put("nested a hundred thousand deep", utf8("{\"images\": " + "[".repeat(100_000)));
        put(
                "nested deep in an annotation",
                utf8(with("\"x\": " + "[".repeat(60) + "]".repeat(60))));
        put("a name of a million characters", utf8("{\"" + "a".repeat(1_000_000) + "\": 1}"));
        put(
                "a text of ten million characters",
                utf8(with("\"x\": \"" + "a".repeat(10 << 20) + "\"")));
        put("a number of ten thousand digits", utf8(with("\"x\": " + "9".repeat(10_000))));
    }

    private void structure() {
        put("a list at the top", utf8("[" + text(sound()) + "]"));
        put("text at the top", utf8("\"images\""));
        put("null at the top", utf8("null"));
        put("an empty object", utf8("{}"));
        put("no images", utf8("{\"annotations\": [], \"categories\": []}"));
        put("images is null", utf8(file("null", CATEGORIES, annotation(BOX, OUTLINE))));
        put("images is a number", utf8(file("3", CATEGORIES, annotation(BOX, OUTLINE))));
        put("categories is an object", utf8(file("[" + IMAGE + "]", "{\"1\": \"cat\"}", "")));
        put("annotations is text", utf8("{\"images\": [], \"annotations\": \"none\"}"));
        put("no annotations", utf8("{\"images\": [" + IMAGE + "], \"categories\": []}"));
        put("an image that is text", utf8(file("[\"a.png\"]", CATEGORIES, "")));
        put("an annotation that is a list", utf8(file("[" + IMAGE + "]", CATEGORIES, "[1, 1]")));
        put(
                "images twice",
                utf8(text(sound()).replace("\"categories\"", "\"images\": [], \"categories\"")));
    }

    private void images() {
        image("image without id", "\"file_name\": \"a.png\", \"width\": 16, \"height\": 12");
        image("image without name", "\"id\": 1, \"width\": 16, \"height\": 12");
        image("image with an empty name", "\"id\": 1, \"file_name\": \"\"");
        image("image name is a number", "\"id\": 1, \"file_name\": 7");
        image("image not there", "\"id\": 1, \"file_name\": \"b.png\"");
        image("image in the folder above", "\"id\": 1, \"file_name\": \"../a.png\"");
        image("image above by backslashes", "\"id\": 1, \"file_name\": \"x\\\\..\\\\..\\\\a.png\"");
        image("image with an absolute path", "\"id\": 1, \"file_name\": \"/etc/hostname\"");
        image("image with a drive", "\"id\": 1, \"file_name\": \"C:/a.png\"");
        image("image with a zero byte in its name", "\"id\": 1, \"file_name\": \"a\\u0000.png\"");
        image("image that is a folder", "\"id\": 1, \"file_name\": \".\"");
        image(
                "image with a name of ten thousand characters",
                "\"id\": 1, \"file_name\": \"" + "a".repeat(10_000) + ".png\"");
        image(
                "image with sizes that are text",
                "\"id\": 1, \"file_name\": \"a.png\", \"width\": \"16\", \"height\": \"12\"");
        image(
                "image with negative sizes",
                "\"id\": 1, \"file_name\": \"a.png\", \"width\": -16, \"height\": -12");
        image(
                "image with another size",
                "\"id\": 1, \"file_name\": \"a.png\", \"width\": 160, \"height\": 120");
        put("two images of one id", utf8(file("[" + IMAGE + "," + IMAGE + "]", CATEGORIES, "")));
    }

    private void categories() {
        category("category without id", "[{\"name\": \"cat\"}]");
        category("category without name", "[{\"id\": 1}]");
        category("category with a blank name", "[{\"id\": 1, \"name\": \"  \"}]");
        category("category with a line break", "[{\"id\": 1, \"name\": \"c\\nat\"}]");
        category(
                "category name of a million characters",
                "[{\"id\": 1, \"name\": \"" + "c".repeat(1_000_000) + "\"}]");
        category(
                "two categories of one id",
                "[{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}]");
        category(
                "two categories of one name",
                "[{\"id\": 1, \"name\": \"a\"}, {\"id\": 2, \"name\": \"a\"}]");
        category("no category of the annotation", "[]");
    }

    private void annotations() {
        changed("annotation id is 0", "\"id\": 5", "\"id\": 0");
        changed("annotation without id", "\"id\": 5, ", "");
        changed("annotation id is a fraction", "\"id\": 5", "\"id\": 5.5");
        changed("annotation id of two hundred digits", "\"id\": 5", "\"id\": " + "9".repeat(200));
        changed("annotation without image", "\"image_id\": 1, ", "");
        changed("annotation of another image", "\"image_id\": 1", "\"image_id\": 77");
        changed("annotation image is a list", "\"image_id\": 1", "\"image_id\": [1]");
        changed("annotation without category", "\"category_id\": 1, ", "");
        changed("iscrowd is 7", "\"iscrowd\": 0", "\"iscrowd\": 7");
        changed("score is 3", "\"iscrowd\": 0", "\"iscrowd\": 0, \"score\": 3");
        changed("key without a name", "\"iscrowd\": 0", "\"\": 0");
        changed("bbox twice", "\"iscrowd\": 0", "\"bbox\": [1, 1, 2, 2]");
        changed(
                "too many values",
                "\"iscrowd\": 0",
                "\"keypoints\": [" + "0,".repeat(50_000) + "0]");
        var keys = new StringBuilder("\"iscrowd\": 0");
        for (int i = 0; i < 2_000; i++) {
            keys.append(", \"key").append(i).append("\": 1");
        }
        changed("too many keys", "\"iscrowd\": 0", keys.toString());
        put(
                "the same annotation id twice",
                utf8(
                        file(
                                "[" + IMAGE + "]",
                                CATEGORIES,
                                annotation(BOX, OUTLINE) + ", " + annotation(BOX, OUTLINE))));
    }

    private void boxes() {
        box("box of three", "[2, 2, 6]");
        box("box of text", "[\"2\", \"2\", \"6\", \"5\"]");
        box("box of nulls", "[null, null, null, null]");
        box("box is an object", "{\"x\": 2, \"y\": 2}");
        box("box with NaN", "[NaN, 2, 6, 5]");
        box("box with Infinity", "[2, 2, Infinity, 5]");
        box("box with 1e999", "[2, 2, 1e999, 5]");
        box("box near the largest number", "[1e308, 1e308, 1e308, 1e308]");
        box("box with negative size", "[8, 7, -6, -5]");
        box("box without width", "[2, 2, 0, 5]");
        box("box outside", "[500, 400, 60, 50]");
        box("box over the edge", "[10, 8, 60, 50]");
        put(
                "neither box nor outline",
                utf8(file("[" + IMAGE + "]", CATEGORIES, annotation("null", "null"))));
    }

    private void outlines() {
        segmentation("outline with an odd number of values", "[[2, 2, 8, 2, 8, 7, 2]]");
        segmentation("outline of two points", "[[2, 2, 8, 7]]");
        segmentation("outline of no points, one and two", "[[], [1, 1], [1, 1, 2, 2]]");
        segmentation("outline with NaN", "[[NaN, 2, 8, 2, 8, 7]]");
        segmentation("outline with text", "[[2, 2, \"8\", 2, 8, 7]]");
        segmentation("outline of points", "[[[2, 2], [8, 2], [8, 7]]]");
        segmentation("outline that is flat", "[2, 2, 8, 2, 8, 7]");
        segmentation("outline on one line", "[[2, 2, 8, 2, 5, 2]]");
        segmentation("outline far outside", "[[900, 900, 950, 900, 950, 950]]");
        segmentation(
                "outline with an inner ring", "[[1, 1, 9, 1, 9, 9, 1, 9], [3, 3, 5, 3, 5, 5]]");
        segmentation("outline is text", "\"2 2 8 2 8 7\"");
        segmentation("outlines mixed with numbers", "[[2, 2, 8, 2, 8, 7], 4]");
        segmentation("outline of two million numbers", "[[" + "1,".repeat(2_000_000) + "1]]");
        segmentation("two million empty outlines", "[" + "[],".repeat(2_000_000) + "[]]");
    }

    private void masks() {
        mask("mask without size", "{\"counts\": [192]}");
        mask("mask without counts", "{\"size\": [12, 16]}");
        mask("mask size of one number", "{\"size\": [12], \"counts\": [192]}");
        mask("mask size is text", "{\"size\": \"12x16\", \"counts\": [192]}");
        mask("mask size is negative", "{\"size\": [-12, -16], \"counts\": [192]}");
        mask("mask size is a fraction", "{\"size\": [12.5, 16], \"counts\": [192]}");
        mask("mask of another size", "{\"size\": [16, 12], \"counts\": [10, 20, 162]}");
        mask(
                "mask of an enormous size",
                "{\"size\": [2000000000, 2000000000], \"counts\": \"04\"}");
        mask("mask counts too large", "{\"size\": [12, 16], \"counts\": [5, 4000000000, 7]}");
        mask(
                "mask counts that overflow",
                "{\"size\": [12, 16], \"counts\": [2147483647, 2147483647, 194]}");
        mask("mask counts too few", "{\"size\": [12, 16], \"counts\": [5, 10]}");
        mask("mask counts negative", "{\"size\": [12, 16], \"counts\": [5, -5, 192]}");
        mask("mask counts fractions", "{\"size\": [12, 16], \"counts\": [5.5, 186.5]}");
        mask("mask counts nested", "{\"size\": [12, 16], \"counts\": [[192]]}");
        mask("mask counts a number", "{\"size\": [12, 16], \"counts\": 192}");
        mask("mask empty", "{\"size\": [12, 16], \"counts\": [192]}");
        mask("mask text empty", "{\"size\": [12, 16], \"counts\": \"\"}");
        mask("mask text damaged", "{\"size\": [12, 16], \"counts\": \"é\\u0001~~~~\"}");
        mask("mask text ends early", "{\"size\": [12, 16], \"counts\": \"oooo\"}");
        mask(
                "mask text endless",
                "{\"size\": [12, 16], \"counts\": \"" + "0".repeat(1_000_000) + "\"}");
        mask(
                "two masks",
                "[{\"size\": [12, 16], \"counts\": [192]}, {\"size\": [12, 16], \"counts\": [192]}]");
    }

    private void put(String name, byte[] file) {
        if (files.put(name, file) != null) {
            throw new IllegalStateException("Two files are called " + name);
        }
    }

    private void image(String name, String keys) {
        put(name, utf8(file("[{" + keys + "}]", CATEGORIES, annotation(BOX, OUTLINE))));
    }

    private void category(String name, String list) {
        put(name, utf8(file("[" + IMAGE + "]", list, annotation(BOX, OUTLINE))));
    }

    private void changed(String name, String before, String after) {
        String text = text(sound());
        if (!text.contains(before)) {
            throw new IllegalStateException("No " + before + " in " + text);
        }
        put(name, utf8(text.replace(before, after)));
    }

    private void box(String name, String box) {
        put(name, utf8(file("[" + IMAGE + "]", CATEGORIES, annotation(box, "[]"))));
    }

    private void segmentation(String name, String value) {
        put(name, utf8(file("[" + IMAGE + "]", CATEGORIES, annotation(BOX, value))));
    }

    private void mask(String name, String value) {
        segmentation(name, value);
    }

    private static String with(String key) {
        return text(sound()).replace("\"iscrowd\": 0", key);
    }

    private static String file(String images, String categories, String annotations) {
        return "{\"images\": %s, \"categories\": %s, \"annotations\": [%s]}"
                .formatted(images, categories, annotations);
    }

    private static String annotation(String box, String segmentation) {
        return "{\"id\": 5, \"image_id\": 1, \"category_id\": 1, \"bbox\": "
                + box
                + ", \"area\": 30, \"iscrowd\": 0, \"segmentation\": "
                + segmentation
                + "}";
    }

    private static byte[] oddUtf16(String text) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE});
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_16LE));
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
