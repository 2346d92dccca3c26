using System.Collections.Concurrent;

namespace MarioAgentTool.Training.Remote;

/// <summary>A learner on a thread of this process, for where there is no other: the same two ends, joined in memory.</summary>
public static class LearnerThread
{
    /// <summary>Starts it; it ends when the connection is closed.</summary>
    public static LearnerConnection Start() => Start(LearnerServer.Run);

    /// <inheritdoc cref="Start()"/>
    /// <param name="serve">The other end.</param>
    internal static LearnerConnection Start(Func<Stream, Stream, string?> serve)
    {
        MemoryPipe to = new(), from = new();
        string why = "";
        Thread thread = new(() =>
        {
            try
            {
                why = serve(to, from) ?? "";
            }
            catch (Exception e)
            {
                // A thread's exception would end the program; the player is told instead.
                why = e.ToString();
            }
            finally
            {
                from.Complete();
            }
        })
        {
            IsBackground = true,
            Name = "learner",

            // The emulator's own thread comes first.
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return new LearnerConnection(to, from, "in EmuHawk's own process", () => why, () =>
        {
            to.Complete();
            from.Complete();
        });
    }

    /// <summary>Bytes from one thread to another, in order.</summary>
    private sealed class MemoryPipe : Stream
    {
        private readonly BlockingCollection<byte[]> _parts = [];
        private byte[] _part = [];
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        /// <summary>Nothing more will be written.</summary>
        public void Complete() => _parts.CompleteAdding();

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_at == _part.Length)
            {
                if (!_parts.TryTake(out byte[]? next, Timeout.Infinite))
                {
                    return 0;
                }

                (_part, _at) = (next, 0);
            }

            int n = Math.Min(count, _part.Length - _at);
            Array.Copy(_part, _at, buffer, offset, n);
            _at += n;
            return n;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_parts.IsAddingCompleted)
            {
                throw new IOException("The connection is closed.");
            }

            if (count > 0)
            {
                _parts.Add(buffer.AsSpan(offset, count).ToArray());
            }
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
