namespace MarioAgentTool.Environment;

/// <summary>Grey of a colour, Y = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), as different hands compute it.</summary>
public static class Luma
{
    /// <summary>Rounded from 16 fractional bits. The colour is 0xAARRGGBB.</summary>
    public static short Rounded(int argb) => (short)((Red(argb) * 19595 + Green(argb) * 38470 + Blue(argb) * 7471 + 0x8000) >> 16);

    /// <summary>As cv2.cvtColor does since OpenCV 4: rounded from 15 fractional bits.</summary>
    public static short OpenCv(int argb) => OpenCv(Red(argb), Green(argb), Blue(argb));

    /// <summary>As cv2.cvtColor does, of three channels 0-255.</summary>
    public static byte OpenCv(int red, int green, int blue) => (byte)((red * 9798 + green * 19235 + blue * 3735 + 0x4000) >> 15);

    /// <summary>As torchvision's Grayscale does for a tensor of floats: other weights, nothing rounded.</summary>
    public static float Torch(int argb) => 0.2989f * Red(argb) + 0.587f * Green(argb) + 0.114f * Blue(argb);

    private static int Red(int argb) => argb >> 16 & 255;

    private static int Green(int argb) => argb >> 8 & 255;

    private static int Blue(int argb) => argb & 255;
}
