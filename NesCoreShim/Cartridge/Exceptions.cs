namespace NesCoreShim;

/// <summary>The bytes are not a ROM image this core can make sense of; the message says which and why.</summary>
public sealed class InvalidRomException(string message) : Exception(message);

/// <summary>The image is sound, but it wants a board this core does not have.</summary>
public sealed class UnsupportedBoardException(string message) : Exception(message);
