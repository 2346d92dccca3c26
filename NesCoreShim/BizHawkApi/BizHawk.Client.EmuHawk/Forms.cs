using System;
using System.Windows.Forms;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace BizHawk.Client.EmuHawk
{
    /// <summary>
    /// The main window, as tools may use it. LoadRom is not declared: its arguments are of another type from release to
    /// release; IEmuClientApi.OpenRom does the same.
    /// </summary>
    public interface IMainFormForTools
    {
        string CurrentlyOpenRom { get; }

        bool EmulatorPaused { get; }

        bool IsSeeking { get; }

        bool IsTurboing { get; }

        /// <summary>Pauses when that frame has run.</summary>
        int? PauseOnFrame { get; set; }

        void PauseEmulator();

        /// <summary>Reboots the core and starts recording (or playing). Not from inside UpdateValues.</summary>
        bool StartNewMovie(IMovie movie, bool newMovie);

        void SetMainformMovieInfo();

        void Throttle();

        void TogglePause();

        void UnpauseEmulator();

        void Unthrottle();
    }

    // The bodies run on the headless host only; they do what BizHawk's do.
    public class FormBase : Form
    {
        /// <summary>Cannot be set: a tool's title is <see cref="WindowTitle"/>.</summary>
        public override string Text
        {
            get => base.Text;
            set => throw new InvalidOperationException("The title is set by UpdateWindowTitle, from WindowTitle.");
        }

        /// <summary>The title now.</summary>
        protected virtual string WindowTitle => WindowTitleStatic;

        /// <summary>A tool must give its title here.</summary>
        protected virtual string WindowTitleStatic => throw new NotImplementedException("A tool must override WindowTitleStatic.");

        public virtual void UpdateWindowTitle() => base.Text = WindowTitle;

        protected override void OnLoad(EventArgs e)
        {
            base.OnLoad(e);
            UpdateWindowTitle();
        }
    }

    public class ToolFormBase : FormBase, IToolForm
    {
        protected IMainFormForTools MainForm { get; private set; }

        protected IMovieSession MovieSession { get; private set; }

        protected IGameInfo Game { get; private set; }

        public virtual bool IsActive => IsHandleCreated && !IsDisposed;

        public virtual bool IsLoaded => IsActive;

        public virtual bool AskSaveChanges() => true;

        public virtual void Restart()
        {
        }

        /// <summary>Passes each moment on to the method of its name.</summary>
        public virtual void UpdateValues(ToolFormUpdateType type)
        {
            switch (type)
            {
                case ToolFormUpdateType.General:
                    GeneralUpdate();
                    break;
                case ToolFormUpdateType.PreFrame:
                    UpdateBefore();
                    break;
                case ToolFormUpdateType.FastPreFrame:
                    FastUpdateBefore();
                    break;
                case ToolFormUpdateType.PostFrame:
                    UpdateAfter();
                    break;
                case ToolFormUpdateType.FastPostFrame:
                    FastUpdateAfter();
                    break;
            }
        }

        protected virtual void UpdateBefore()
        {
        }

        protected virtual void UpdateAfter()
        {
        }

        protected virtual void GeneralUpdate()
        {
        }

        protected virtual void FastUpdateBefore()
        {
        }

        protected virtual void FastUpdateAfter()
        {
        }
    }
}
