package org.palimpsest.geometry;

/// An area of an image: what an object annotation covers.
public sealed interface Region permits Box, Polygon, MultiPolygon, Mask {

    /// The smallest box that holds the region; `0,0,0,0` for an empty one.
    Box bounds();

    /// How many pixels the region covers; a fraction for boxes and polygons.
    double area();

    /// Intersection over union, 0 where both are empty.
    ///
    /// Two boxes are compared exactly. Every other pair is compared pixel by pixel, both drawn by the rule of
    /// [Mask#fromRegion], so parts outside of the image do not count.
    ///
    /// @param image the size of the image that both regions lie on
    default double iou(Region other, Size image) {
        if (this instanceof Box box && other instanceof Box otherBox) {
            return box.iou(otherBox);
        }
        return Mask.fromRegion(this, image).iou(Mask.fromRegion(other, image));
    }
}
