using System.Runtime.InteropServices;

namespace MarioAgentTool.Torch;

/// <summary>Asks NVIDIA's driver what TorchSharp does not tell.</summary>
internal static class CudaMemory
{
    /// <summary>Bytes that the GPU in use by this thread has free; null where the driver does not say. Something has to have been computed on it before.</summary>
    /// <remarks>cuMemGetInfo, https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MEM.html</remarks>
    public static long? Free()
    {
        try
        {
            int error = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? OnWindows(out UIntPtr free, out _) : OnLinux(out free, out _);
            return error == 0 ? (long)free : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("nvcuda", EntryPoint = "cuMemGetInfo_v2")]
    private static extern int OnWindows(out UIntPtr free, out UIntPtr total);

    [DllImport("libcuda.so.1", EntryPoint = "cuMemGetInfo_v2")]
    private static extern int OnLinux(out UIntPtr free, out UIntPtr total);
}
