using BizHawk.Client.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Training.Remote;

namespace MarioAgentTool.Plugin;

// Frames: EmuHawk's own, or those that are stepped in bursts.
public sealed partial class ToolSession
{
    private bool IsBusy => _host is not null && Activity is not (ToolActivity.Waiting or ToolActivity.Ready);

    /// <summary>A frame is about to run: says what to hold.</summary>
    public void PreFrame(IJoypadApi joypad)
    {
        if (!IsBusy)
        {
            return;
        }

        (Buttons buttons, bool power) = NextInput();
        if (power)
        {
            // Off and on happens at this frame's start, so that the frame is the first after power-on.
            _pad.PressPower(joypad);
        }

        View.IsHuman = false;
        if (HumanMayTakeOver && Activity == ToolActivity.Playing && _recording is null && _tape is null && PadOverride.HeldByUser(joypad) is var hand and not Buttons.None)
        {
            View.IsHuman = true;
            buttons = hand;
        }

        View.Held = buttons;
        _pad.Hold(joypad, buttons);
    }

    /// <summary>A frame has run.</summary>
    public void PostFrame()
    {
        if (_host is null)
        {
            return;
        }

        _host.FrameDone();
        if (!IsBusy)
        {
            return;
        }

        Progress.Frames++;
        if (_tape is not null)
        {
            AfterTapeFrame();
        }
        else if (_starter is not null)
        {
            AfterStarterFrame();
        }
        else
        {
            _session!.AfterFrame(_game!);
        }

        if (_recording is { IsOver: true })
        {
            View.Step = _session!.Step;
            Log(_session);
            IsEpisodeDone = true;
            Stop("The episode is over.");
        }
        else if (_session is { AwaitsAction: true })
        {
            TryDecide();
        }

        // The session may have put the machine back, and the counter with it.
        _expectedFrame = _host.Frame;
        if (_session is not null)
        {
            View.AfterFrame(_session);
        }

        if (Activity == ToolActivity.Training)
        {
            Autosave?.KeepIfDue(_clock(), _source!, _learner!, Progress);
        }
    }

    /// <summary>
    /// Trains for a slice of time by stepping the core itself, drawing nothing; EmuHawk is to be paused, and hears of none of it.
    /// The slice ends early when training does, and when the learner needs time to catch up.
    /// </summary>
    /// <returns>Frames that were run.</returns>
    public int Burst(SteppedCore core, TimeSpan slice)
    {
        int frames = 0;
        TimeSpan end = _clock() + slice;
        while (IsTraining && _learner is not RemoteLearner { IsBehind: true })
        {
            (Buttons buttons, bool power) = NextInput();
            core.FrameAdvance(buttons, power, render: _session is null || _session.WantsScreen);
            PostFrame();
            frames++;
            if (_clock() >= end)
            {
                break;
            }
        }

        return frames;
    }

    private (Buttons Buttons, bool Power) NextInput()
    {
        if (_tape is not null)
        {
            return (_tape[_tapeAt], false);
        }

        if (_beginsHere)
        {
            _beginsHere = false;
            _starts.Add(GivenStart.Of(_game!, "This moment"));
            BeginSession();
        }
        else if (!_pressPower && _host!.Frame != _expectedFrame)
        {
            StartOver();
        }

        bool power = _pressPower;
        _pressPower = false;
        return (_starter?.Buttons ?? _session!.Buttons, power);
    }

    private void AfterTapeFrame()
    {
        if (++_tapeAt == _tape!.Length)
        {
            IsEpisodeDone = true;
            Stop("The episode is over.");
        }
    }

    private void AfterStarterFrame()
    {
        _starter!.AfterFrame(_game!);
        if (!_starter.IsStarted)
        {
            return;
        }

        _starts.Add(_starter.Finish(_game!));
        if (_starts.Count < World.StartStages().Count)
        {
            BeginStarter(pressPower: true);
        }
        else
        {
            BeginSession();
        }
    }

    // Somebody else loaded a state or rewound: what was seen before does not lead to what will be seen.
    private void StartOver()
    {
        if (_starter is not null)
        {
            BeginStarter(pressPower: true);
            return;
        }

        LeaveEpisode();
        _session!.Begin(_game!);
        if (_session.AwaitsAction)
        {
            TryDecide();
        }
    }
}
