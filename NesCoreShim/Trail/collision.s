; The hero against the tiles.

; The eight places he feels with, from his upper left corner.
PROBE_HEAD       = 0
PROBE_LEFT_FOOT  = 1
PROBE_RIGHT_FOOT = 2
PROBE_LEFT       = 3
PROBE_RIGHT      = 4
PROBE_ENEMY_FEET = 5
PROBE_ENEMY_RIGHT = 6
PROBE_ENEMY_LEFT = 7
PROBE_BIG_HEAD   = 8
PROBE_LEFT_HIGH  = 9            ; of the big one
PROBE_RIGHT_HIGH = 10

ProbeDx:
    .byte $08, $03, $0C, $02, $0D, $08, $0E, $01, $08, $02, $0D
ProbeDy:
    .byte $12, $20, $20, $18, $18, $18, $14, $14, $04, $08, $08

; A = the tile under probe Y of object X, and its place in ProbePage, ProbeX, ProbeIndex, RingPtr.
Probe:
    lda ObjX,x
    clc
    adc ProbeDx,y
    sta ProbeX
    lda ObjPage,x
    adc #0
    sta ProbePage
    lda ObjY,x
    clc
    adc ProbeDy,y
    bcs @outside
    sbc #$1F                    ; the carry is clear: $20 less
    bcc @outside
    cmp #$D0
    bcs @outside
    and #$F0
    sta ProbeIndex
    lda ProbeX
    lsr a
    lsr a
    lsr a
    lsr a
    ora ProbeIndex
    sta ProbeIndex
    lda ProbePage
    stx Tmp
    jsr PointRing
    ldx Tmp
    ldy ProbeIndex
    lda (RingPtr),y
    rts
@outside:
    lda #0
    rts

; Carry set when tile A holds nothing up: air, coins, the pole, a vine, blocks not yet found.
IsOpen:
    cmp #0
    beq @open
    cmp #MT_HIDDEN_COIN
    beq @open
    cmp #MT_HIDDEN_LIFE
    beq @open
    cmp #MT_AXE
    beq @open
    cmp #MT_VINE
    beq @open
    cmp #MT_COIN
    beq @open
    cmp #MT_COIN+1
    beq @open
    cmp #MT_BALL
    beq @open
    cmp #MT_SHAFT
    beq @open
    clc
    rts
@open:
    sec
    rts

; Coins are picked up, the pole is caught, vines are held, the axe is taken. Carry as IsOpen.
TouchTile:
    cmp #MT_COIN
    beq @coin
    cmp #MT_COIN+1
    beq @coin
    cmp #MT_VINE
    beq @vine
    cmp #MT_AXE
    beq @axe
    cmp #MT_BALL
    beq @pole
    cmp #MT_SHAFT
    bne IsOpen
@pole:
    jsr CatchPole
    sec
    rts
@coin:
    lda #0
    ldy ProbeIndex
    sta (RingPtr),y
    jsr DrawMetatile
    jsr AddCoin
    sec
    rts
@vine:
    jsr HoldVine
    sec
    rts
@axe:
    jsr TouchAxe
    sec
    rts

; The hero touches a vine's tile at ProbePage, ProbeX. The stem is in the tile's middle. At the top of
; the screen he climbs on by himself.
HoldVine:
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda ObjX
    and #15
    cmp #6
    bcc @end
    cmp #10
    bcs @end
    lda ObjY
    cmp #$20
    bcs :+
    lda #ROUTINE_VINE
    sta PlayerRoutine
:   lda #STATE_CLIMB
    sta FloatState
    lda #0
    sta ObjXSpeed
    sta AbsXSpeed
    sta XForce
    ldy #0                      ; he holds it from the left when he faces right
    lda Facing
    lsr a
    bcs :+
    iny
:   lda ProbeX
    and #$F0
    clc
    adc @low,y
    sta ObjX
    lda ProbePage
    adc @high,y
    sta ObjPage
    jmp RelativePosition
@end:
    rts
@low:
    .byte <-7, 7
@high:
    .byte $FF, 0

NothingToTouch:
    rts

CollideWithTiles:
    lda PlayerRoutine
    cmp #ROUTINE_WALK_HOME
    bcc NothingToTouch
    cmp #ROUTINE_DEATH
    beq NothingToTouch
    lda NoCollision
    bne NothingToTouch
    lda #STATE_JUMP
    ldy Swimming
    bne @set
    lda FloatState
    beq :+
    cmp #STATE_CLIMB
    bne @onScreen
:   lda #STATE_FALL             ; until the feet say otherwise
@set:
    sta FloatState
@onScreen:
    lda ObjYHigh
    cmp #1
    bne NothingToTouch
    lda #$FF
    sta CollisionBits
    lda ObjY
    cmp #$CF
    bcs NothingToTouch
    ldy #PROBE_HEAD
    ldx #$10
    jsr IsTall
    bcc :+
    ldy #PROBE_BIG_HEAD
    ldx #$20
:   stx Tmp
    lda ObjY
    cmp Tmp
    bcc @feet

    ldx #0
    jsr Probe
    beq @feet
    cmp #MT_HIDDEN_COIN
    beq @head
    cmp #MT_HIDDEN_LIFE
    beq @head
    jsr TouchTile
    bcs @feet
@head:
    ldx ObjYSpeed
    bpl @feet
    sta Tmp+1
    lda ObjY
    and #15
    cmp #4
    bcc @feet
    lda Tmp+1
    jsr BumpTile

@feet:
    ldx #0
    ldy #PROBE_RIGHT_FOOT
    jsr Probe
    sta RightFootTile
    ldx #0
    ldy #PROBE_LEFT_FOOT
    jsr Probe
    sta LeftFootTile
    jsr TouchTile
    bcc @under
    ldx #0
    ldy #PROBE_RIGHT_FOOT
    jsr Probe
    sta LeftFootTile            ; what he stands on
    jsr TouchTile
    bcs @sides
@under:
    lda JumpspringAnim
    beq :+
    lda #STATE_GROUND           ; the spring carries him
    sta FloatState
    rts
:   lda ObjYSpeed
    bmi @sides
    lda ObjY
    and #15
    cmp #5
    bcc @land
    ldy #1                      ; too deep: it is a wall
    lda MovingDir
    lsr a
    bcs :+
    iny
:   jmp StopAtWall
@land:
    lda ObjY
    and #$F0
    sta ObjY
    sta PlayerRelY
    lda #0
    sta ObjYSpeed
    sta ObjYForce
    sta StompChain
    sta FloatState
    lda LeftFootTile
    cmp #MT_SPRING_TOP
    beq @spring
    cmp #MT_HOLLOW_LEFT
    bne @sides
    lda RightFootTile
    cmp #MT_HOLLOW_RIGHT
    bne @sides
    lda UpDownButtons
    and #BUTTON_DOWN
    beq @sides
    lda #$30                    ; down the hollow stump
    sta ChangeAreaTimer
    lda #ROUTINE_PIPE
    sta PlayerRoutine
    lda #SFX_PIPE
    jmp StartSound
@spring:
    lda #1
    sta JumpspringAnim
    lda #3
    sta JumpspringTimer
    lda #$F9
    sta JumpspringForce
    lda #$70
    sta Gravity
    rts

@sides:
    lda ObjY
    cmp #8
    bcc @end
    cmp #$D0
    bcs @end
    jsr IsTall
    bcc @left
    ldy #PROBE_LEFT_HIGH
    jsr TouchSide
    ldy #2
    bcc StopAtWall
@left:
    ldy #PROBE_LEFT
    jsr TouchSide
    ldy #2
    bcc StopAtWall
    jsr IsTall
    bcc @right
    ldy #PROBE_RIGHT_HIGH
    jsr TouchSide
    ldy #1
    bcc StopAtWall
@right:
    ldy #PROBE_RIGHT
    jsr TouchSide
    bcs @end
    cmp #MT_LOG_END
    beq EnterLog
    ldy #1
    bne StopAtWall
@end:
    rts

; The hero's side at probe Y. Springs do not stop him. Carry as IsOpen.
TouchSide:
    ldx #0
    jsr Probe
    cmp #MT_SPRING_TOP
    beq :+
    cmp #MT_SPRING
    bne :++
:   rts                         ; the carry is set
:   jmp TouchTile

; Carry set when he is big and does not duck.
IsTall:
    lda PlayerSize
    bne @no
    lda Crouching
    bne @no
    sec
    rts
@no:
    clc
    rts

; On the ground, facing the end of a log that lies: in he goes.
EnterLog:
    ldy #1
    lda FloatState
    bne StopAtWall
    lda Facing
    lsr a
    bcc StopAtWall
    lda #$A0
    ldx LeftPage
    beq :+
    lda #$34
:   sta ChangeAreaTimer
    lda #SFX_PIPE
    jsr StartSound
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne :+
    lda #ROUTINE_SIDE_PIPE
    sta PlayerRoutine
:   rts

; A wall on side Y (1 right, 2 left): pushed out by one pixel, unless already leaving.
StopAtWall:
    lda ObjXSpeed
    cpy #1
    bne @wallLeft
    cmp #0
    bmi @mark
    lda #$FF
    bne @push
@wallLeft:
    cmp #0
    beq :+
    bpl @mark
:   lda #1
@push:
    ldx #$10
    stx SideTimer
    ldx #0
    stx ObjXSpeed
    cmp #0
    bpl :+
    dex
:   clc
    adc ObjX
    sta ObjX
    txa
    adc ObjPage
    sta ObjPage
    jsr RelativePosition
@mark:
    tya
    eor #$FF
    and CollisionBits
    sta CollisionBits
    rts
