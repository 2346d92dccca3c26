; Pictures on the screen. Sprite 0 splits the screen, 1-8 are the hero; the rest is a pool that everything
; else draws from, beginning elsewhere each frame, so that of more than eight on a line all are seen in turn.

OAM_HERO = 4
OAM_POOL = 36
POOL_TURN = 13 * 4              ; of 55 sprites

FLIP        = %01000000
UPSIDE_DOWN = %10000000
BEHIND      = %00100000
MIRRORED    = %00010000         ; two columns, the right one the left one's mirror image
REPEATED    = %00001000         ; every tile the same
ATTRIBUTES  = %11100011

; All sprites, or all but sprite 0, leave the screen.
HideSprites:
    lda #$F8
    sta Oam
HideObjects:
    lda PoolStart
    clc
    adc #POOL_TURN
    bcc :+
    adc #OAM_POOL - 1           ; the carry is set
:   sta PoolStart
    sta OamOffset
    lda #$F8
    ldx #4
:   sta Oam,x
    sta Oam+84,x
    sta Oam+168,x
    inx
    inx
    inx
    inx
    cpx #88
    bne :-
    rts

; The sprite CellTile, CellAttr at CellX, RowY (a line above where it shows). Uses X.
PutCell:
    ldx OamOffset
    lda RowY
    sta Oam,x
    lda CellTile
    sta Oam+1,x
    lda CellAttr
    sta Oam+2,x
    lda CellX
    sta Oam+3,x
    inx
    inx
    inx
    inx
    bne :+
    ldx #OAM_POOL
:   stx OamOffset
    rts

; The 16 x 16 picture DrawTile at DrawXHigh:DrawX, DrawY with DrawAttr.
DrawPicture:
    lda #2
    sta ShapeColumns
    sta ShapeRows
    lda #0
    sta DrawYHigh
; The same with ShapeColumns, ShapeRows and DrawYHigh (0: on the screen). What is beyond an edge is left
; out. Uses all registers.
DrawShape:
    lda DrawAttr
    and #ATTRIBUTES
    sta FirstAttr
    ldx #1                      ; tile after tile
    stx TileStep
    dex
    stx FirstTile
    stx AttrStep
    lda ShapeColumns
    sta RowStep
    lda DrawAttr
    and #MIRRORED | REPEATED
    beq @plain
    stx TileStep
    stx RowStep
    cmp #REPEATED
    beq @stepped
    inc RowStep
    and #REPEATED
    beq :+
    dec RowStep
:   lda #FLIP
    sta AttrStep
    lda FirstAttr               ; a symmetrical picture looks both ways
    and #<~FLIP
    sta FirstAttr
    jmp @stepped
@plain:
    bit DrawAttr
    bvc @stepped
    dex                         ; from right to left
    stx TileStep
    ldx ShapeColumns
    dex
    stx FirstTile
@stepped:
    lda ShapeColumns
    asl a
    asl a
    asl a
    clc
    adc DrawX
    lda DrawXHigh
    adc #0                      ; not 0 from the right edge on
    ora DrawXHigh
    sta AtEdge
    lda DrawTile
    sta RowTile
    lda DrawY
    sec
    sbc #1                      ; sprites show a line late
    sta RowY
    lda DrawYHigh
    sbc #0
    sta RowYHigh
    bit DrawAttr
    bpl @row
    lda ShapeRows               ; from the lowest row up
    asl a
    asl a
    asl a
    sec
    sbc #8
    clc
    adc RowY
    sta RowY
    bcc @row
    inc RowYHigh
@row:
    lda RowYHigh
    bne @skip
    lda RowY
    cmp #$EF
    bcs @skip
    jsr DrawRow
@skip:
    lda RowTile
    clc
    adc RowStep
    sta RowTile
    lda RowY
    bit DrawAttr
    bmi @up
    clc
    adc #8
    sta RowY
    bcc @count
    inc RowYHigh
    jmp @count
@up:
    sec
    sbc #8
    sta RowY
    bcs @count
    dec RowYHigh
@count:
    dec ShapeRows
    bne @row
    rts

; One row of DrawShape.
DrawRow:
    lda ShapeColumns
    sta CellsLeft
    lda FirstAttr
    sta CellAttr
    lda RowTile
    clc
    adc FirstTile
    tay
    lda DrawX
    sta CellX
    ldx OamOffset
    lda AtEdge
    bne @edge
@cell:
    lda RowY
    sta Oam,x
    tya
    sta Oam+1,x
    clc
    adc TileStep
    tay
    lda CellAttr
    sta Oam+2,x
    eor AttrStep
    sta CellAttr
    lda CellX
    sta Oam+3,x
    clc
    adc #8
    sta CellX
    inx
    inx
    inx
    inx
    beq @wrap
@placed:
    dec CellsLeft
    bne @cell
    stx OamOffset
    rts
@wrap:
    ldx #OAM_POOL
    bne @placed

@edge:
    lda DrawXHigh
    sta CellXHigh
    sty CellTile
@next:
    lda CellXHigh
    bne :+
    jsr PutCell
:   lda CellTile
    clc
    adc TileStep
    sta CellTile
    lda CellAttr
    eor AttrStep
    sta CellAttr
    lda CellX
    clc
    adc #8
    sta CellX
    bcc :+
    inc CellXHigh
:   dec CellsLeft
    bne @next
    rts

; ---- the hero -----------------------------------------------------------------------------------------

DrawPlayer:
    jsr DressHero
    lda PlayerHidden
    beq :+
    rts
:   lda InjuryTimer             ; after an injury he flickers
    beq :+
    lda TimerControl
    bne :+
    lda FrameCounter
    lsr a
    bcc :+
    rts
:   lda ObjYHigh
    sec
    sbc #1
    sta DrawYHigh
    lda PlayerRelX
    sta DrawX
    lda #0
    sta DrawXHigh
    jsr HeroAttributes
    lda OamOffset
    pha
    lda #OAM_HERO
    sta OamOffset
    jsr IsDrawnBig
    beq @big
    jsr ChoosePicture
    sta DrawTile
    lda PlayerRelY
    clc
    adc #16
    sta DrawY
    bcc :+
    inc DrawYHigh
:   lda #2
    jsr @piece
    jmp @back
@big:
    jsr ChooseBody
    sty DrawTile
    pha
    lda PlayerRelY
    sta DrawY
    lda Crouching           ; the head comes down with him
    beq :+
    lda DrawY
    clc
    adc #6
    sta DrawY
:   lda #2
    jsr @piece
    pla
    sta DrawTile
    lda ObjYHigh
    sec
    sbc #1
    sta DrawYHigh
    lda PlayerRelY
    clc
    adc #16
    sta DrawY
    bcc :+
    inc DrawYHigh
:   lda #2
    jsr @piece
@back:
    pla
    sta OamOffset
@end:
    rts
@piece:
    sta ShapeRows
    sta ShapeColumns
    jmp DrawShape

; Z set: the hero's big picture shows. A growing or shrinking hero changes to and fro.
IsDrawnBig:
    lda PlayerRoutine
    cmp #ROUTINE_SIZE
    beq @flickers
    cmp #ROUTINE_INJURY
    bne @steady
    lda TimerControl
    cmp #$D8
    bcc @steady
@flickers:
    lda TimerControl
    and #4
    rts
@steady:
    lda PlayerSize
    rts

HeroAttributes:
    ldx #0
    lda StarTimer
    beq @plain
    cmp #8
    lda FrameCounter
    bcs :+
    lsr a
    lsr a
:   lsr a
    and #3
    tax
@plain:
    jsr IsInside
    bcc :+
    txa
    ora #BEHIND
    tax
:   lda Facing
    lsr a
    txa
    bcs :+
    ora #FLIP
:   sta DrawAttr
    rts

; Carry set when he is in a log or a stump, on his way in or out.
IsInside:
    lda PlayerRoutine
    cmp #ROUTINE_SIDE_PIPE
    beq @inside
    cmp #ROUTINE_PIPE
    beq @inside
    cmp #ROUTINE_AREA
    bne @outside
    lda ChangeAreaTimer         ; the introduction's log
    bne @inside
    lda AltEntrance
    cmp #2
    bne @outside
    lda JoypadOverride          ; else by vine
    beq @inside
@outside:
    clc
    rts
@inside:
    sec
    rts

; The hero's colours: fire makes him white and blue.
DressHero:
    ldy #0
    lda PlayerStatus
    cmp #2
    bcc :+
    ldy #3
:   lda PlayerRoutine
    cmp #ROUTINE_FIRE
    bne :+
    lda FrameCounter
    and #4
    bne :+
    ldy #0
:   cpy HeroColours
    beq @end
    ldx VramLength
    cpx #60
    bcs @end
    sty HeroColours
    lda #$3F
    sta VramBuffer,x
    lda #$11
    sta VramBuffer+1,x
    lda #3
    sta VramBuffer+2,x
    lda @colours,y
    sta VramBuffer+3,x
    lda @colours+1,y
    sta VramBuffer+4,x
    lda @colours+2,y
    sta VramBuffer+5,x
    lda #0
    sta VramBuffer+6,x
    txa
    clc
    adc #6
    sta VramLength
@end:
    rts
@colours:
    .byte $37, $16, $0C, $27, $30, $16

; A = the small hero's picture.
ChoosePicture:
    jsr ChoosePose
    lda @pictures,y
    rts
@pictures:
    .byte HeroStands, HeroWalks1, HeroWalks2, HeroWalks3, HeroJumps, HeroSkids, HeroClimbs1, HeroClimbs2, HeroHurt
    .byte HeroWalks1, HeroStands, HeroWalks3, HeroJumps

; Y = the big hero's head, A = his body.
ChooseBody:
    jsr ChoosePose
    lda ThrowClock
    beq :+
    ldy #POSE_THROW
:   lda @bodies,y
    pha
    lda @heads,y
    tay
    pla
    rts
@heads:
    .byte BigHead, BigHead, BigHead, BigHead, BigHead, BigHeadSkids, BigHead, BigHead, BigHead
    .byte BigHead, BigHead, BigHead, BigHead
@bodies:
    .byte BigStands, BigWalks1, BigWalks2, BigWalks3, BigJumps, BigSkids, BigClimbs1, BigClimbs2, BigStands
    .byte BigThrows, BigCrouches, BigWalks3, BigJumps

POSE_STAND = 0
POSE_WALK  = 1                  ; to 3
POSE_JUMP  = 4
POSE_SKID  = 5
POSE_CLIMB = 6                  ; and 7
POSE_HURT  = 8
POSE_THROW = 9
POSE_CROUCH = 10
POSE_SWIM  = 11                 ; and 12

; Y = the hero's pose.
ChoosePose:
    lda PlayerRoutine
    cmp #ROUTINE_DEATH
    beq @hurt
    lda Crouching
    bne @crouch
    lda FloatState
    cmp #STATE_CLIMB
    beq @climb
    cmp #STATE_GROUND
    bne @air
    lda AbsXSpeed
    beq @stand
    lda LeftRightButtons
    beq @walk
    cmp MovingDir
    bne @skid
@walk:
    dec WalkClock
    bpl :+
    lda WalkPace
    sta WalkClock
    inc WalkPicture
:   lda WalkPicture
    and #3
    tax
    ldy @walking,x
    rts
@stand:
    ldy #POSE_STAND
    rts
@air:
    lda Swimming
    bne @swim
    ldy #POSE_JUMP
    rts
@swim:
    ldy #POSE_SWIM
    lda Timers+1                ; a stroke
    bne :+
    lda FrameCounter
    and #$10
    beq :++
:   iny
:   rts
@skid:
    ldy #POSE_SKID
    rts
@hurt:
    ldy #POSE_HURT
    rts
@crouch:
    ldy #POSE_CROUCH
    rts
@climb:
    ldy #POSE_CLIMB
    lda ObjY
    and #4
    bne :+
    iny
:   rts
@walking:
    .byte 1, 2, 3, 2

; ---- creatures ------------------------------------------------------------------------------------------

; DrawX = slot X on the screen.
PointSlotX:
    lda EnemyX,x
    sec
    sbc LeftX
    sta DrawX
    lda EnemyPage,x
    sbc LeftPage
    sta DrawXHigh
    rts

; What a type looks like: tile, attributes, columns and rows, tile of the second step, frames between
; steps (a bit of the frame counter; 0 none), and how far below the frame's top it begins.
.macro look tile, attributes, columns, rows, other, beat, down
    .byte tile, attributes, columns, rows, other, beat, down
.endmacro
LOOK_SIZE = 7

LookOf:                         ; by type, offsets into Looks
    .byte 0, 0, 7, 14, 0, 21, 28, 35, 42, 0, 49, 56, 63, 70, 0, 14, 0, 0, 77, 0, 56, 84
    .res $2D - $16, 0
    .byte 91, 0, 0, 0, 0, 0, 42, 0, 0

Looks:
    look ShellerSteps1, 2, 2, 3, ShellerSteps2, 8, 0            ; 00
    look HardSteps1, 1, 2, 2, HardSteps2, 8, 8                  ; 02
    look ShellerSteps1, 3, 2, 3, ShellerSteps2, 8, 0            ; 03
    look Thrower1, 3, 2, 3, Thrower2, 16, 0                     ; 05
    look WalkerSteps1, 1, 2, 2, WalkerSteps2, 8, 8              ; 06
    look Squid1, 1 | MIRRORED, 2, 3, Squid2, 0, 0               ; 07
    look Bullet, 1, 2, 2, Bullet, 0, 8                          ; 08, 33
    look Fish1, 2, 2, 2, Fish2, 8, 8                            ; 0A
    look Fish1, 3, 2, 2, Fish2, 8, 8                            ; 0B, 14
    look Leaper, 3 | MIRRORED, 2, 2, Leaper, 0, 8               ; 0C
    look Plant1, 2 | MIRRORED | BEHIND, 2, 3, Plant2, 8, 0      ; 0D
    look Thistle1, 3, 2, 2, Thistle2, 8, 8                      ; 12
    look Flame1, 3, 3, 1, Flame2, 4, 0                          ; 15
    look Boss1, 1, 4, 4, Boss1, 0, 8                           ; 2D

; Slot X. Uses EnemyRelX and DrawXHigh as BoxEnemy left them.
DrawCreature:
    ldy EnemyType,x
    cpy #TYPE_HOPPER
    bcc :+
    cpy #TYPE_HOPPER + 3
    bcs :+
    jsr DrawWings               ; before the body, to be in front of it
    ldx CurrentSlot
    ldy EnemyType,x
:   lda LookOf,y
    tay
    lda EnemyY,x
    clc
    adc Looks+6,y
    sta DrawY
    lda EnemyYHigh,x
    adc #<-1
    sta DrawYHigh
    lda EnemyRelX
    sta DrawX
    lda Looks+1,y
    sta DrawAttr
    lda Looks+2,y
    sta ShapeColumns
    lda Looks+3,y
    sta ShapeRows
    lda Looks,y
    sta DrawTile
    lda EnemyState,x
    bmi @shell
    and #STATE_DEFEATED
    bne @knocked
    lda EnemyState,x
    and #7
    cmp #2
    bcs @down
    lda FrameCounter
    and Looks+5,y
    beq @step
    lda Looks+4,y
    sta DrawTile
@step:
    lda EnemyType,x
    jsr Particular
@face:
    lda EnemyDir,x              ; pictures look to the left
    lsr a
    bcc :+
    lda DrawAttr
    ora #FLIP
    sta DrawAttr
:   jmp DrawShape
@down:
    lda EnemyType,x
    cmp #TYPE_WALKER
    beq @flat
@shell:
    ldy EnemyType,x
    lda Traits,y
    and #HAS_SHELL
    beq @step
    jmp DrawShell
@flat:
    lda #WalkerFlat
    sta DrawTile
    bne @face
@knocked:
    ldy EnemyType,x
    lda Traits,y
    and #HAS_SHELL
    beq :+
    jmp DrawShell
:   lda DrawAttr
    ora #UPSIDE_DOWN
    sta DrawAttr
    jmp @face

; What one type does differently. A = the type.
Particular:
    cmp #TYPE_SQUID
    beq @squid
    cmp #TYPE_LEAPER
    beq @leaper
    cmp #TYPE_THROWER
    beq @thrower
    rts
@squid:
    lda SlotAux,x               ; folded while it rises
    cmp #2
    bcs :+
    lda #Squid2
    sta DrawTile
:   rts
@leaper:
    lda EnemyYSpeed,x
    bmi :+
    lda DrawAttr
    ora #UPSIDE_DOWN
    sta DrawAttr
:   rts
@thrower:
    lda SlotAux,x               ; arms up before a throw
    cmp #$10
    bcs :+
    lda #Thrower2
    sta DrawTile
:   rts

; A shell, legs showing shortly before it wakes; on its back when it was turned over.
DrawShell:
    lda #2
    sta ShapeColumns
    sta ShapeRows
    lda EnemyY,x
    clc
    adc #8
    sta DrawY
    lda EnemyYHigh,x
    adc #<-1
    sta DrawYHigh
    lda #Shell
    ldy EnemyType,x
    cpy #TYPE_HARD
    bne :+
    lda #HardShell
:   sta DrawTile
    lda EnemyState,x
    bmi @whole
    and #STATE_DEFEATED
    bne @over
    lda EnemyState,x
    cmp #4
    bcc @over
    lda EnemyTimer,x
    cmp #5
    bcs @whole
    lda FrameCounter
    and #4
    beq @whole
    inc DrawY
@whole:
    lda DrawAttr
    ora #MIRRORED
    bne @set
@over:
    lda DrawAttr
    ora #MIRRORED | UPSIDE_DOWN
@set:
    sta DrawAttr
    jmp DrawShape

; The wing of a winged one, over its back.
DrawWings:
    lda EnemyY,x
    clc
    adc #1
    sta DrawY
    lda EnemyYHigh,x
    adc #<-1
    sta DrawYHigh
    lda #1
    sta ShapeColumns
    sta ShapeRows
    lda #2
    sta DrawAttr
    lda EnemyRelX
    clc
    adc #9
    sta DrawX
    lda EnemyDir,x
    lsr a
    bcc :+
    lda #2 | FLIP
    sta DrawAttr
    lda EnemyRelX
    sec
    sbc #1
    sta DrawX
    jmp @beat
:   lda DrawX
    cmp EnemyRelX
    bcc @end                    ; beyond the right edge
@beat:
    ldy #Wing
    lda FrameCounter
    and #8
    beq :+
    lda DrawAttr
    ora #UPSIDE_DOWN
    sta DrawAttr
    lda DrawY
    clc
    adc #4
    sta DrawY
:   lda DrawXHigh
    bne @end
    sty DrawTile
    jmp DrawShape
@end:
    rts

; ---- lifts, springs, power-ups ------------------------------------------------------------------------------

DrawLift:
    lda EnemyRelX
    sta DrawX
    lda EnemyY,x
    sta DrawY
    lda EnemyYHigh,x
    sec
    sbc #1
    sta DrawYHigh
    lda #LiftPlank
    sta DrawTile
    lda #3 | REPEATED
    sta DrawAttr
    ldy #6
    lda AreaType
    cmp #3
    bne :+
    ldy #4
:   lda EnemyType,x
    cmp #TYPE_SMALL_LIFT
    bcc :+
    ldy #3
:   sty ShapeColumns
    lda #1
    sta ShapeRows
    jmp DrawShape

; A balance hangs from the beam in the screen's top row.
DrawRope:
    lda EnemyState,x
    bne @end                    ; torn
    jsr PointSlotX
    lda DrawX
    clc
    adc #20
    sta DrawX
    lda DrawXHigh
    adc #0
    bne @end
    sta DrawXHigh
    sta DrawYHigh
    lda EnemyY,x
    sec
    sbc #BALANCE_TOP - 7        ; whole pieces, the highest behind the beam
    bcc @end
    and #$F8
    beq @end
    sta DrawY
    lsr a
    lsr a
    lsr a
    sta ShapeRows
    lda EnemyY,x
    sec
    sbc DrawY
    sta DrawY
    lda #1
    sta ShapeColumns
    lda #Rope
    sta DrawTile
    lda #3 | REPEATED | BEHIND
    sta DrawAttr
    jmp DrawShape
@end:
    rts

; Plate, windings, foot: the windings give way.
DrawSpring:
    jsr PointSlotX
    lda #2
    sta ShapeColumns
    lda #0
    sta DrawYHigh
    lda #2 | MIRRORED
    sta DrawAttr
    lda EnemyY,x
    sta DrawY
    lda #SpringPlate
    ldy #1
    jsr @part
    lda SlotOriginY,x
    clc
    adc #24
    sta DrawY
    lda #SpringFoot
    ldy #1
    jsr @part
    lda SlotOriginY,x
    clc
    adc #24
    sec
    sbc EnemyY,x                ; 24, 16 or 8 pixels for the plate and the windings
    lsr a
    lsr a
    lsr a
    tay
    dey
    beq @end
    lda EnemyY,x
    clc
    adc #8
    sta DrawY
    lda #2 | MIRRORED | REPEATED
    sta DrawAttr
    lda #SpringCoil
@part:
    sta DrawTile
    sty ShapeRows
    jsr DrawShape
    ldx CurrentSlot
@end:
    rts

DrawPowerUp:
    lda EnemyRelX
    sta DrawX
    lda EnemyY,x
    clc
    adc #8
    sta DrawY
    lda EnemyYHigh,x
    adc #<-1
    sta DrawYHigh
    lda #2
    sta ShapeColumns
    sta ShapeRows
    ldy PowerUpKind
    lda @tiles,y
    sta DrawTile
    lda @attributes,y
    ora #MIRRORED
    cpy #POWER_STAR
    beq @glitter
    cpy #POWER_FIRE
    bne @set
@glitter:
    pha
    lda FrameCounter
    lsr a
    lsr a
    and #3
    sta DrawAttr
    pla
    and #%11111100
    ora DrawAttr
@set:
    ldy EnemyState,x
    bmi :+
    ora #BEHIND
:   sta DrawAttr
    jmp DrawShape
@tiles:
    .byte Acorn, Ember, Star, Acorn
@attributes:
    .byte 3, 3, 3, 2

; The one who waits at the end of a castle.
DrawWaiter:
    jsr BoxEnemy
    ldx CurrentSlot
    lda EnemyActive,x
    beq @end
    lda EnemyRelX
    sta DrawX
    lda EnemyY,x
    sta DrawY
    lda #0
    sta DrawYHigh
    lda #Badger
    sta DrawTile
    lda #1 | MIRRORED
    sta DrawAttr
    lda #2
    sta ShapeColumns
    lda #3
    sta ShapeRows
    jmp DrawShape
@end:
    rts

DrawPennant:
    jsr PointSlotX
    lda EnemyY,x
    clc
    adc #8
    sta DrawY
    lda #Pennant
    sta DrawTile
    lda #0
    sta DrawAttr
    jmp DrawPicture

DrawStarFlag:
    lda GoalTask
    cmp #2
    bcc @end                    ; still folded away
    jsr PointSlotX
    lda EnemyY,x
    sta DrawY
    lda #StarFlag
    sta DrawTile
    lda #BEHIND                 ; the roof
    sta DrawAttr
    jmp DrawPicture
@end:
    rts

; ---- blocks, coins, bursts ---------------------------------------------------------------------------------------

; Block X in mid hop.
DrawBlock:
    ldy BlockClock,x
    lda BlockY,x
    sec
    sbc BlockHop,y
    sta DrawY
    lda BlockX,x
    sec
    sbc LeftX
    sta DrawX
    lda BlockPage,x
    sbc LeftPage
    sta DrawXHigh
    ldy #SpritePlank
    lda BlockTile,x
    cmp #MT_EMPTY
    bne :+
    ldy #SpriteCrate
:   sty DrawTile
    lda #3
    sta DrawAttr
    jmp DrawPicture

; Thrown coin X.
DrawCoin:
    lda MiscX,x
    sec
    sbc LeftX
    sta DrawX
    lda MiscPage,x
    sbc LeftPage
    sta DrawXHigh
    lda MiscY,x
    sta DrawY
    lda #0
    sta DrawYHigh
    lda #1
    sta ShapeColumns
    lda #2
    sta ShapeRows
    lda #3
    sta DrawAttr
    ldx #SpriteCoin
    lda FrameCounter
    and #4
    beq :+
    ldx #SpriteCoinEdge
:   stx DrawTile
    jmp DrawShape

; Fireball X is no more.
DrawBurst:
    lda FireballX,x
    sec
    sbc LeftX
    sbc #3
    sta DrawX
    lda #0
    sta DrawXHigh
    lda FireballY,x
    sec
    sbc #4
    sta DrawY
    lda #Burst
    sta DrawTile
    lda #3 | MIRRORED
    sta DrawAttr
    lda #2
    sta ShapeColumns
    sta ShapeRows
    lda #0
    sta DrawYHigh
    jmp DrawShape

; The title's hero looks about.
ShowHeroOnTitle:
AnimateTitle:
    lda #$28
    sta DrawX
    lda #$C0
    sta DrawY
    lda #0
    sta DrawXHigh
    ldx #HeroStands
    lda FrameCounter
    bmi :+
    and #$7F
    cmp #$60
    bcs :++
:   lda #0
    beq :++
:   lda #FLIP
:   sta DrawAttr
    stx DrawTile
    lda #OAM_HERO
    sta OamOffset
    jmp DrawPicture
